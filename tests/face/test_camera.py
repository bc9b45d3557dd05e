import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from musicalface.errors import CameraError, MissingExtraError
from musicalface.face import read_faces
from musicalface.face.camera import take_photo
from tests.conftest import Run


@pytest.fixture
def film(tmp_path: Path, portrait: NDArray[np.uint8]) -> Path:
    """A short film of the portrait, as a camera would send it."""
    cv2 = pytest.importorskip("cv2")
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (400, 400))
    for _ in range(12):
        writer.write(portrait[:, :, ::-1])
    writer.release()
    return path


def test_a_photo_from_a_stream(film: Path) -> None:
    photo = take_photo(str(film))
    assert photo.shape == (400, 400, 3)
    assert read_faces(photo)[0].moods.mood == "happy"


def test_no_camera() -> None:
    pytest.importorskip("cv2")
    with pytest.raises(CameraError, match="No camera was found"):
        take_photo(97)


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicalface.face.camera.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"musicalface\[camera\]"):
        take_photo()


def test_look_asks_before_it_takes_a_picture(
    run: Run, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyboard = io.StringIO("\nnot read\n")
    monkeypatch.setenv("MUSICALFACE_CAMERA", str(film))
    monkeypatch.setattr("sys.stdin", keyboard)
    seen = run("look", "--camera", "--seed", 1)
    assert seen.status == 0
    assert keyboard.read() == "not read\n"
    assert "keeps nothing" in seen.err
    assert "looks happy" in seen.out


def test_no_picture_is_taken_when_nobody_presses_enter(
    run: Run, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSICALFACE_CAMERA", str(film))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    seen = run("look", "--camera")
    assert seen.status == 2
    assert "Nobody pressed Enter" in seen.err
    assert seen.out == ""


def test_a_file_named_camera_is_a_file(run: Run) -> None:
    assert "There is no file camera" in run("look", "camera").err


def test_the_cameras_picture_is_never_kept(run: Run, tmp_path: Path) -> None:
    told = run("look", "--camera", "--annotate", tmp_path / "seen.png")
    assert told.status == 2
    assert "none is ever kept" in told.err


def test_look_says_that_the_camera_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("cv2")
    monkeypatch.setenv("MUSICALFACE_CAMERA", "97")
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    seen = run("look", "--camera")
    assert seen.status == 2
    assert "No camera was found" in seen.err
