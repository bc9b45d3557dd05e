"""A message of the socket becomes a frame."""

import io
import struct

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from ..errors import InputError

RAW = b"RGBA"
"""A raw frame: this, width and height as uint16 little-endian, and four bytes a pixel."""

MOST_PIXELS = 1920 * 1200
_HEADER = struct.Struct("<4sHH")
_FORMATS = ("JPEG", "PNG", "WEBP")


def frame_of(message: bytes) -> NDArray[np.uint8]:
    """A frame (H, W, 3) uint8 RGB from JPEG, PNG or WebP bytes, or raw ones.

    Raises InputError for anything else, and for more than MOST_PIXELS.
    """
    return _raw(message) if message.startswith(RAW) else _picture(message)


def _raw(message: bytes) -> NDArray[np.uint8]:
    if len(message) < _HEADER.size:
        raise _no_image()
    _, width, height = _HEADER.unpack_from(message)
    _check(width, height)
    if len(message) != _HEADER.size + width * height * 4:
        raise _no_image()
    pixels = np.frombuffer(message, np.uint8, offset=_HEADER.size)
    return pixels.reshape(height, width, 4)[:, :, :3]


def _picture(message: bytes) -> NDArray[np.uint8]:
    try:
        with Image.open(io.BytesIO(message), formats=_FORMATS) as picture:
            _check(*picture.size)
            return np.asarray(picture.convert("RGB"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise _no_image() from None


def _check(width: int, height: int) -> None:
    if not 0 < width * height <= MOST_PIXELS:
        raise InputError(f"A frame has {MOST_PIXELS:,} pixels at the most, and at least one.")


def _no_image() -> InputError:
    return InputError("This frame is no picture.")
