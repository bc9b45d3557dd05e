from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from musicalface.errors import DataError
from musicalface.evaluate.labelled_faces import read_labelled_faces
from tests.conftest import striped_face


def folders(root: Path, names: list[str]) -> Path:
    for split in ("Training", "PublicTest"):
        for name in names:
            folder = root / split / name
            folder.mkdir(parents=True)
            Image.fromarray(striped_face(0, 1)).save(folder / "face.png")
    return root


def test_kaggles_csv(fer_csv: Path) -> None:
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


def test_pictures_of_any_size_are_made_to_fit(tmp_path: Path) -> None:
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
        ("", "has no column emotion, pixels, Usage"),
        ("emotion,pixels\n0,1 2\n", "has no column Usage"),
        ("emotion,pixels,Usage\n", "holds no labelled face"),
        (
            f"emotion,pixels,Usage\n0,{PIXELS},Training\n0,1 2 3,Training\n",
            "line 3: 3 pixels where",
        ),
        (f"emotion,pixels,Usage\n7,{PIXELS},Training\n", "line 2: the label '7' is not 0 to 6"),
        (f"emotion,pixels,Usage\n0,{PIXELS[:-1]}256,Training\n", "line 2: a pixel is not a number"),
        (f"emotion,pixels,Usage\n0,{PIXELS[:-1]}x,Training\n", "line 2: "),
        (f"emotion,pixels,Usage\n0,{PIXELS}\n", "line 2: "),
    ],
)
def test_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "faces.csv"
    path.write_text(text)
    with pytest.raises(DataError, match=message) as caught:
        read_labelled_faces(path)
    assert str(path) in str(caught.value)


def test_a_folder_with_an_unknown_class(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="bored is no known class"):
        read_labelled_faces(folders(tmp_path, ["bored"]))


def test_folders_of_classes_alone(tmp_path: Path) -> None:
    faces = read_labelled_faces(folders(tmp_path, ["sad", "happy"]) / "Training")
    assert faces.split_names == ["all"]
    assert faces.labels.tolist() == [3, 4]


def test_blank_pictures_and_copies_are_known(fer_csv: Path) -> None:
    faces = read_labelled_faces(fer_csv)
    faces.pixels[3] = 77
    assert np.flatnonzero(faces.blank).tolist() == [3]
    training, public = faces.split("Training"), faces.split("PublicTest")
    assert not training.among(public).any()
    assert training.among(faces).all()


def test_an_unknown_split_names_those_there_are(fer_csv: Path) -> None:
    with pytest.raises(
        DataError, match="no split 'Test': it has Training, PublicTest, PrivateTest"
    ):
        read_labelled_faces(fer_csv).split("Test")


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="There is no file or folder"):
        read_labelled_faces(tmp_path / "none.csv")


def test_the_checksum_is_of_the_data(fer_csv: Path, tmp_path: Path) -> None:
    faces = read_labelled_faces(fer_csv)
    quoted = tmp_path / "quoted.csv"
    quoted.write_text(fer_csv.read_text().replace("Training", '"Training"'))
    assert read_labelled_faces(quoted).sha256 == faces.sha256
    assert faces.split("Training").sha256 != faces.sha256
