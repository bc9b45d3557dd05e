"""Takes one picture with the computer's camera."""

from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import CameraError, MissingExtraError

_MOST = 6  # numbers that are tried where the system has no list
_WARM_UP = 8
"""Frames that are discarded while the camera adjusts its exposure."""


def require_camera_extra() -> None:
    """Raises MissingExtraError if the extra [camera] is not installed."""
    if not find_spec("cv2"):
        raise MissingExtraError("The camera", "camera")


def find_cameras(folder: Path = Path("/sys/class/video4linux")) -> dict[int, str]:
    """The cameras of this computer by number, with their names.

    Linux lists them in `folder`. Elsewhere the first cameras are opened for a moment, which raises
    MissingExtraError without the extra [camera].
    """
    if folder.parent.is_dir():
        return dict(sorted(_listed(folder)))
    return {number: f"camera {number}" for number in range(_MOST) if _opens(number)}


def _listed(folder: Path) -> Iterator[tuple[int, str]]:
    """Number and name of each camera that Linux knows; index 0 is its stream of pictures."""
    for device in folder.glob("video*"):
        number = device.name.removeprefix("video")
        with suppress(OSError):
            if number.isdecimal() and (device / "index").read_text().strip() == "0":
                yield int(number), (device / "name").read_text("utf-8", "replace").strip()


def _opens(number: int) -> bool:
    require_camera_extra()
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    camera = cv2.VideoCapture(number)
    try:
        return bool(camera.isOpened())
    finally:
        camera.release()


def take_photo(source: int | str = 0) -> NDArray[np.uint8]:
    """Takes a photo (H, W, 3) uint8 RGB; the camera is on for about a second, nothing is saved.

    `source` is a camera number, or the path or address of a video stream. Raises
    MissingExtraError without the extra [camera], and CameraError if there is no camera or another
    program uses it.
    """
    require_camera_extra()
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    camera = cv2.VideoCapture(source)
    try:
        if not camera.isOpened():
            raise CameraError("No camera was found. Connect one, or use a photo instead.")
        for _ in range(_WARM_UP):
            camera.grab()
        taken, frame = camera.read()
    finally:
        camera.release()
    if not taken:
        raise CameraError("The camera sends no picture. Close other programs that use it.")
    return np.ascontiguousarray(frame[:, :, ::-1])
