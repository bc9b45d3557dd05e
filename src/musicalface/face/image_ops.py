"""Pixel operations shared by training and inference."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..errors import InputError

SIDE = 48
"""Side length, in pixels, of FER2013's faces and of the frame of align.TEMPLATE."""


def require_photo(photo: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Returns the photo; raises InputError unless it is (H, W, 3) uint8 and not empty."""
    fits = photo.ndim == 3 and photo.shape[2] == 3 and photo.dtype == np.uint8 and photo.size > 0
    if not fits:
        raise InputError(
            f"A photo is an array (height, width, 3) of uint8, not {photo.shape} of {photo.dtype}. "
            "Use read_photo to read a picture."
        )
    return photo


def gray(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Converts RGB to luma (ITU-R BT.601): (H, W, 3) uint8 to (H, W) uint8."""
    return np.asarray(Image.fromarray(rgb).convert("L"))


def resize(pixels: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """Resizes (H, W) or (H, W, 3) uint8 to height × width, antialiased; same dtype."""
    if pixels.shape[:2] == (height, width):
        return pixels
    picture: Any = Image.fromarray(pixels)
    return np.asarray(picture.resize((width, height), Image.Resampling.BILINEAR))
