import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from musicalface.errors import CameraError, MissingExtraError
from musicalface.face import read_faces
from musicalface.face.camera import find_cameras, take_photo
from tests.conftest import Run


@pytest.fixture
def curve(tmp_path: Path, portrait: NDArray[np.uint8]) -> Path:
    """A short video of the portrait, in place of a camera's stream."""
    cv2 = pytest.importorskip("cv2")
    path = tmp_path / "curve.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (400, 400))
    for _ in range(12):
        writer.write(portrait[:, :, ::-1])
    writer.release()
    return path


def test_photo_from_a_video_stream(curve: Path) -> None:
    photo = take_photo(str(curve))
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


def test_look_asks_before_using_the_camera(
    run: Run, curve: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyboard = io.StringIO("\nnot read\n")
    monkeypatch.setenv("MUSICALFACE_CAMERA", str(curve))
    monkeypatch.setattr("sys.stdin", keyboard)
    seen = run("look", "--camera", "--seed", 1)
    assert seen.status == 0
    assert keyboard.read() == "not read\n"
    assert "saves nothing" in seen.err
    assert "looks happy" in seen.out


def test_no_picture_without_confirmation(
    run: Run, curve: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSICALFACE_CAMERA", str(curve))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    seen = run("look", "--camera")
    assert seen.status == 2
    assert "Cancelled. No picture was taken." in seen.err
    assert seen.out == ""


def test_file_named_camera(run: Run) -> None:
    assert "There is no file camera" in run("look", "camera").err


def test_camera_picture_is_never_saved(run: Run, tmp_path: Path) -> None:
    result = run("look", "--camera", "--annotate", tmp_path / "seen.png")
    assert result.status == 2
    assert "never saved" in result.err


def test_missing_camera_is_reported(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("cv2")
    monkeypatch.setenv("MUSICALFACE_CAMERA", "97")
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    seen = run("look", "--camera")
    assert seen.status == 2
    assert "No camera was found" in seen.err


def test_cameras_are_listed_and_chosen_by_number(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, name, index in ((2, "USB Camera", 0), (0, "Built-in", 0), (1, "Built-in", 1)):
        device = tmp_path / "class" / f"video{number}"
        device.mkdir(parents=True)
        (device / "name").write_text(f"{name}\n")
        (device / "index").write_text(f"{index}\n")
    known = find_cameras(tmp_path / "class")
    assert list(known.items()) == [(0, "Built-in"), (2, "USB Camera")]
    monkeypatch.setattr("musicalface.cli.photo_inputs.find_cameras", lambda: known)
    assert run("look", "--camera", "--device", "list").out == "0  Built-in\n2  USB Camera\n"
    missing = run("look", "--camera", "--device", "1")
    assert missing.status == 2
    assert "There is no camera 1. Choose 0 (Built-in), 2 (USB Camera)." in missing.err
    assert "takes a camera's number" in run("look", "--camera", "--device", "usb").err
    monkeypatch.setattr("musicalface.cli.photo_inputs.find_cameras", dict)
    assert "No camera was found" in run("look", "--camera", "--device", "list").err
