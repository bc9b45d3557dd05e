import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from musicalface.errors import DataError
from musicalface.evaluate.face_dataset import read_labelled_faces
from musicalface.evaluate.fer_plus_votes import clear_majority


def arrays(count: int = 4, **changed: Any) -> dict[str, Any]:
    chance = np.random.default_rng(1)
    whole = {
        "pixels": chance.integers(0, 256, (count, 48, 48)).astype(np.uint8),
        "label": np.arange(count, dtype=np.uint8) % 7,
        "usage": np.arange(count, dtype=np.uint8) % 3,
        "votes": chance.integers(0, 10, (count, 10)).astype(np.uint8),
    }
    return {name: value for name, value in (whole | changed).items() if value is not None}


def test_npz_file(tmp_path: Path) -> None:
    saved = arrays()
    np.savez(tmp_path / "faces.npz", **saved)
    faces = read_labelled_faces(tmp_path / "faces.npz")
    np.testing.assert_array_equal(faces.pixels, saved["pixels"])
    assert faces.split_names == ["Training", "PublicTest", "PrivateTest"]
    assert faces.votes is not None
    assert faces.split("Training").votes is not None
    np.savez(tmp_path / "without.npz", **arrays(votes=None))
    assert read_labelled_faces(tmp_path / "without.npz").votes is None


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"label": None, "usage": None}, "has no array label, usage"),
        ({"pixels": np.zeros((4, 48, 47), np.uint8)}, r"pixels is uint8 \(4, 48, 47\), not uint8"),
        ({"pixels": np.zeros((4, 48, 48), float)}, "pixels is float64"),
        ({"label": np.array([0, 7, 0, 0], np.uint8)}, "row 1: label 7 is not 0 to 6"),
        ({"usage": np.array([0, 0, 0, 3], np.uint8)}, "row 3: usage 3 is not 0 to 2"),
        ({"votes": np.zeros((3, 10), np.uint8)}, "votes is uint8"),
        ({"label": np.array([], np.uint8)}, "pixels is uint8"),
        ({"label": np.uint8(3)}, "not uint8"),
    ],
)
def test_npz_with_wrong_arrays(tmp_path: Path, changed: dict[str, Any], message: str) -> None:
    path = tmp_path / "faces.npz"
    np.savez(path, **arrays(**changed))
    with pytest.raises(DataError, match=message) as caught:
        read_labelled_faces(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04hello"])
def test_invalid_npz(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "faces.npz").write_bytes(content)
    with pytest.raises(DataError, match=r"faces\.npz is damaged or isn't an \.npz"):
        read_labelled_faces(tmp_path / "faces.npz")


def test_npz_with_pickled_objects_is_rejected(tmp_path: Path) -> None:
    np.savez(tmp_path / "faces.npz", pixels=np.array([{}], object), allow_pickle=True)
    with pytest.raises(DataError, match="is damaged or isn't"):
        read_labelled_faces(tmp_path / "faces.npz")


def test_fer_plus_votes(fer_csv: Path, votes_csv: Path) -> None:
    faces = read_labelled_faces(fer_csv, votes_csv)
    assert faces.votes is not None
    assert faces.votes.sum(1).tolist() == [10] * 126
    assert clear_majority(faces.votes).tolist() == faces.labels.tolist()
    assert faces.sha256 != read_labelled_faces(fer_csv).sha256


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("contempt,", ""), "has no column contempt"),
        (("10,0", "x,0"), "line 74: a vote is not a number"),
        (("10,0", "999,0"), "line 74: a count of votes is not 0 to 255"),
        (
            ("\nPrivateTest,fer17.png,10,0,0,0,0,0,0,0,0,0\n", "\n"),
            "125 rows of votes for 126 faces",
        ),
    ],
)
def test_invalid_votes(
    fer_csv: Path, votes_csv: Path, change: tuple[str, str], message: str
) -> None:
    votes_csv.write_text(votes_csv.read_text().replace(*change))
    with pytest.raises(DataError, match=message):
        read_labelled_faces(fer_csv, votes_csv)


def test_votes_in_a_different_order(fer_csv: Path, votes_csv: Path) -> None:
    header, *rows = votes_csv.read_text().splitlines()
    votes_csv.write_text("\n".join([header, *reversed(rows)]))
    with pytest.raises(DataError, match="line 2: the split is PrivateTest instead of"):
        read_labelled_faces(fer_csv, votes_csv)


def test_votes_with_folders_are_rejected(tmp_path: Path, votes_csv: Path) -> None:
    with pytest.raises(DataError, match="folders have no rows"):
        read_labelled_faces(tmp_path, votes_csv)


def test_damaged_or_malicious_npz(tmp_path: Path) -> None:
    path = tmp_path / "faces.npz"
    np.savez_compressed(path, **arrays(60))
    whole = bytearray(path.read_bytes())
    whole[2000:2100] = bytes(100)
    path.write_bytes(whole)
    with pytest.raises(DataError, match="is damaged"):
        read_labelled_faces(path)
    header = b"{'descr': '|u1', 'fortran_order': False, 'shape': (100000000000000, 48, 48), }"
    magic = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("pixels.npy", magic + header)
    with pytest.raises(DataError, match="is damaged"):
        read_labelled_faces(path)


def test_missing_votes_file(fer_csv: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="There is no file"):
        read_labelled_faces(fer_csv, tmp_path / "none.csv")


def test_npz_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicalface.evaluate.face_tables.MAX_FACES", 100)
    path = tmp_path / "faces.npz"
    np.savez_compressed(path, pixels=np.zeros((101, 48, 48), np.uint8))
    assert path.stat().st_size < 10_000
    with pytest.raises(DataError, match=r"232,.* bytes, and 232,400 is the most"):
        read_labelled_faces(path)


def test_table_of_too_many_faces(fer_csv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicalface.evaluate.face_tables.MAX_FACES", 100)
    with pytest.raises(DataError, match="more than 100 rows"):
        read_labelled_faces(fer_csv)
