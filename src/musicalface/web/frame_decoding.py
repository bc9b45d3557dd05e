"""Decodes a WebSocket message into a frame."""

import io
import struct

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from ..errors import InputError

RAW_PREFIX = b"RGBA"
"""Start of a raw frame; then width and height as little-endian uint16, and four bytes a pixel."""

MAX_PIXELS = 1920 * 1200
_HEADER = struct.Struct("<4sHH")
_FORMATS = ("JPEG", "PNG", "WEBP")


def decode_frame(message: bytes) -> NDArray[np.uint8]:
    """Return a frame (H, W, 3) uint8 RGB from a JPEG, PNG, WebP or raw message.

    Raises InputError if it is none of these or has more than MAX_PIXELS.
    """
    return _decode_raw(message) if message.startswith(RAW_PREFIX) else _decode_image(message)


def _decode_raw(message: bytes) -> NDArray[np.uint8]:
    if len(message) < _HEADER.size:
        raise _not_an_image()
    _, width, height = _HEADER.unpack_from(message)
    _check_size(width, height)
    if len(message) != _HEADER.size + width * height * 4:
        raise _not_an_image()
    pixels = np.frombuffer(message, np.uint8, offset=_HEADER.size)
    return pixels.reshape(height, width, 4)[:, :, :3]


def _decode_image(message: bytes) -> NDArray[np.uint8]:
    try:
        with Image.open(io.BytesIO(message), formats=_FORMATS) as picture:
            _check_size(*picture.size)
            return np.asarray(picture.convert("RGB"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise _not_an_image() from None


def _check_size(width: int, height: int) -> None:
    if not 0 < width * height <= MAX_PIXELS:
        raise InputError(f"This frame's size is invalid. Send 1 to {MAX_PIXELS:,} pixels.")


def _not_an_image() -> InputError:
    return InputError("This frame isn't an image. Send JPEG, PNG, WebP or raw RGBA.")
