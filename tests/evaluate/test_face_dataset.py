from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from musicalface.errors import DataError
from musicalface.evaluate.face_dataset import read_labelled_faces
from tests.conftest import striped_face


def folders(
    root: Path, names: list[str], splits: tuple[str, ...] = ("Training", "PublicTest")
) -> Path:
    for split in splits:
        for name in names:
            folder = root / split / name
            folder.mkdir(parents=True)
            Image.fromarray(striped_face(0, 1)).save(folder / "face.png")
    return root


def test_kaggle_csv(fer_csv: Path) -> None:
    faces = read_labelled_faces(fer_csv)
    assert faces.pixels.shape == (126, 48, 48)
    assert faces.pixels.dtype == np.uint8
    assert faces.split_names == ["Training", "PublicTest", "PrivateTest"]
    np.testing.assert_array_equal(faces.pixels[0], striped_face(0, 0))
    assert np.bincount(faces.split("PublicTest").labels).tolist() == [3] * 7


@pytest.mark.parametrize("names", [list("0123456"), ["angry", "Happy", "neutral"]])
def test_folders_by_number_or_name(tmp_path: Path, names: list[str]) -> None:
    faces = read_labelled_faces(folders(tmp_path, names))
    assert len(faces.labels) == 2 * len(names)
    assert set(faces.split_names) == {"Training", "PublicTest"}
    np.testing.assert_array_equal(faces.pixels[0], striped_face(0, 1))


def test_pictures_are_resized(tmp_path: Path) -> None:
    folder = tmp_path / "Training" / "happy"
    folder.mkdir(parents=True)
    Image.new("RGB", (200, 160), "red").save(folder / "face.jpg")
    faces = read_labelled_faces(tmp_path)
    assert faces.pixels.shape == (1, 48, 48)
    assert faces.labels.tolist() == [3]


PIXELS = " ".join(["0"] * 2304)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no column emotion, pixels"),
        ("emotion,Usage\n0,Training\n", "has no column pixels"),
        ("emotion,pixels,Usage\n", "contains no labelled faces"),
        (
            f"emotion,pixels,Usage\n0,{PIXELS},Training\n0,1 2 3,Training\n",
            "line 3: 3 pixels instead of",
        ),
        (f"emotion,pixels,Usage\n7,{PIXELS},Training\n", "line 2: the label '7' is not 0 to 6"),
        (f"emotion,pixels,Usage\n0,{PIXELS[:-1]}256,Training\n", "line 2: a pixel is not a number"),
        (f"emotion,pixels,Usage\n0,{PIXELS[:-1]}x,Training\n", "line 2: "),
        (f"emotion,pixels,Usage\n0,{PIXELS}\n", "line 2: "),
    ],
)
def test_invalid_table_is_rejected(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "faces.csv"
    path.write_text(text)
    with pytest.raises(DataError, match=message) as caught:
        read_labelled_faces(path)
    assert str(path) in str(caught.value)


def test_common_folder_names(tmp_path: Path) -> None:
    names = ["Anger", "1_disgust", "fearful", "3-happy", "Sadness", "SURPRISED", "6 neutral"]
    faces = read_labelled_faces(folders(tmp_path, names, ("train", "Validation", "TEST")))
    assert faces.split_names == ["PrivateTest", "PublicTest", "Training"]
    assert sorted(faces.split("Training").labels.tolist()) == list(range(7))
    assert sorted(faces.split("test").labels.tolist()) == list(range(7))


@pytest.mark.parametrize(
    "header", ["emotion, Usage, pixels", "Emotion;PIXELS;usage", "\ufeffemotion\tpixels\tUsage"]
)
def test_columns_by_name_in_any_order_and_case(tmp_path: Path, header: str) -> None:
    delimiter = max(",;\t", key=header.count)
    names = [name.strip().lower() for name in header.strip("\ufeff").split(delimiter)]
    rows = [header]
    for split in ("Training", " privatetest"):
        values = {"emotion": " 3", "pixels": f" {PIXELS}", "usage": split}
        rows.append(delimiter.join(values[name] for name in names))
    path = tmp_path / "icml_face_data.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    faces = read_labelled_faces(path)
    assert faces.labels.tolist() == [3, 3]
    assert faces.split_names == ["Training", "PrivateTest"]


def test_table_without_splits(tmp_path: Path) -> None:
    path = tmp_path / "train.csv"
    path.write_text(f"emotion,pixels\n3,{PIXELS}\n0,{PIXELS}\n")
    faces = read_labelled_faces(path)
    assert faces.split_names == ["all"]
    assert faces.labels.tolist() == [3, 0]


def test_folder_with_an_unknown_class(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="bored isn't a known class"):
        read_labelled_faces(folders(tmp_path, ["bored"]))


def test_class_folders_without_splits(tmp_path: Path) -> None:
    faces = read_labelled_faces(folders(tmp_path, ["sad", "happy"]) / "Training")
    assert faces.split_names == ["all"]
    assert faces.labels.tolist() == [3, 4]


def test_blank_and_duplicate_faces(fer_csv: Path) -> None:
    faces = read_labelled_faces(fer_csv)
    faces.pixels[3] = 77
    assert np.flatnonzero(faces.blank).tolist() == [3]
    training, public = faces.split("Training"), faces.split("PublicTest")
    assert not training.duplicates_of(public).any()
    assert training.duplicates_of(faces).all()


def test_unknown_split_lists_the_known_ones(fer_csv: Path) -> None:
    with pytest.raises(
        DataError, match="no split 'Fourth': it has Training, PublicTest, PrivateTest"
    ):
        read_labelled_faces(fer_csv).split("Fourth")


def test_missing_data(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="doesn't exist"):
        read_labelled_faces(tmp_path / "none.csv")


def test_checksum_depends_on_the_data_only(fer_csv: Path, tmp_path: Path) -> None:
    faces = read_labelled_faces(fer_csv)
    quoted = tmp_path / "quoted.csv"
    quoted.write_text(fer_csv.read_text().replace("Training", '"Training"'))
    assert read_labelled_faces(quoted).sha256 == faces.sha256
    assert faces.split("Training").sha256 != faces.sha256
