"""Decodes one frame of a video every few seconds, in bounded memory."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MissingExtraError, VideoError

MAX_PIXELS = 36_000_000
"""Pixels of a frame; 8K has 33 million."""

MAX_SECONDS = 7 * 86_400.0
"""A longer duration in a header is not believed."""

SEEK_FROM = 5.0
"""Seconds between two frames from which seeking is faster than decoding all frames between them."""

_FFMPEG = {
    "OPENCV_FFMPEG_LOGLEVEL": "-8",  # quiet
    "OPENCV_FFMPEG_CAPTURE_OPTIONS": "protocol_whitelist;file",  # a file can name an address
}
_ROUNDING = 1e-3


class Video:
    """An open video; see `open_video`."""

    def __init__(self, name: str, capture: Any, seconds: float | None) -> None:
        self.name = name
        self.seconds = seconds
        """The duration according to the header; None if it doesn't say."""
        self._capture = capture
        self._at = -1.0

    def frames(self, step: Callable[[], float]) -> Iterator[tuple[float, NDArray[np.uint8]]]:
        """Yields (seconds, upright frame (H, W, 3) uint8 RGB), about `step()` seconds apart.

        Holds one frame at a time. Ends at the end of the video, or where it can't be decoded.
        """
        due = 0.0
        while self._advance(due, seek=step() >= SEEK_FROM):
            decoded, frame = self._capture.retrieve()
            if not decoded:
                return
            yield max(self._at, 0.0), np.ascontiguousarray(frame[:, :, ::-1])
            due = max(due + step(), self._at + step() / 2)

    def _advance(self, due: float, *, seek: bool) -> bool:
        """Moves to the first frame at or after `due` seconds; False if there is none."""
        import cv2

        if seek and due and self.seconds:
            self._capture.set(cv2.CAP_PROP_POS_MSEC, due * 1000)
        while self._capture.grab():
            at = self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
            if not isfinite(at) or (seek and at < self._at):  # the file can't be searched
                return False
            self._at = max(self._at, at)
            if at >= due - _ROUNDING:
                return True
        return False


@contextmanager
def open_video(path: Path) -> Iterator[Video]:
    """Opens a video file with OpenCV, which reads no other file and no address for it.

    Raises MissingExtraError without the extra [camera], and VideoError if the file has no picture
    or frames of more than MAX_PIXELS.
    """
    if not find_spec("cv2"):
        raise MissingExtraError(f"{path} is a video, and reading it", "camera")
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    with _environment(_FFMPEG):
        try:
            capture = cv2.VideoCapture(str(path.absolute()), cv2.CAP_FFMPEG)
        except (cv2.error, UnicodeError, ValueError) as error:
            raise _unreadable(path) from error
    try:
        if not capture.isOpened():
            raise _unreadable(path)
        _check_size(path, capture)
        yield Video(str(path), capture, _duration(capture))
    finally:
        capture.release()


def _unreadable(path: Path) -> VideoError:
    return VideoError(
        f"{path} has no video that can be decoded: it is cut off, damaged, or sound only. "
        "Choose another video."
    )


def _check_size(path: Path, capture: Any) -> None:
    import cv2

    width, height = (
        capture.get(side) for side in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT)
    )
    if not width * height <= MAX_PIXELS:
        raise VideoError(
            f"{path} has frames of more than {MAX_PIXELS // 1_000_000} megapixels. "
            "Choose a smaller video."
        )


def _duration(capture: Any) -> float | None:
    import cv2

    frames, rate = capture.get(cv2.CAP_PROP_FRAME_COUNT), capture.get(cv2.CAP_PROP_FPS)
    seconds = frames / rate if rate > 0 else 0.0
    return seconds if 0 < seconds <= MAX_SECONDS else None


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Sets environment variables, which OpenCV reads when it opens a file."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
