"""One picture from the computer's camera."""

from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from ..errors import CameraError, MissingExtraError

_WARM_UP = 8
"""Frames that are thrown away while the camera finds its exposure."""


def require_camera_extra() -> None:
    """Raises MissingExtraError when the extra [camera] is not installed."""
    if not find_spec("cv2"):
        raise MissingExtraError("The camera", "camera")


def take_photo(source: int | str = 0) -> NDArray[np.uint8]:
    """A photo (H, W, 3) uint8 RGB; the camera is on for about a second and nothing is stored.

    `source` is a camera's number, or the path or address of a video stream. Raises
    MissingExtraError without the extra [camera], and CameraError when there is no
    camera, or another program has it.
    """
    require_camera_extra()
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    camera = cv2.VideoCapture(source)
    try:
        if not camera.isOpened():
            raise CameraError("No camera was found: plug one in, or name a photo instead.")
        for _ in range(_WARM_UP):
            camera.grab()
        taken, frame = camera.read()
    finally:
        camera.release()
    if not taken:
        raise CameraError("The camera gives no picture: close other programs that use it.")
    return np.ascontiguousarray(frame[:, :, ::-1])
