"""Arithmetic on pixels that training and inference share."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..errors import InputError

SIDE = 48
"""Pixels a side of what an expression network reads, as in FER2013."""


def require_photo(photo: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The photo itself; raises InputError unless it is (H, W, 3) uint8 with a pixel at least."""
    fits = photo.ndim == 3 and photo.shape[2] == 3 and photo.dtype == np.uint8 and photo.size > 0
    if not fits:
        raise InputError(
            f"A photo is an array (height, width, 3) of uint8, and this is {photo.shape} "
            f"of {photo.dtype}: read_photo makes one of any picture."
        )
    return photo


def gray(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Luma (ITU-R BT.601) of RGB pixels: (H, W, 3) uint8 to (H, W) uint8."""
    return np.asarray(Image.fromarray(rgb).convert("L"))


def resize(pixels: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """Resample (H, W) or (H, W, 3) uint8 to height x width, antialiased; same dtype."""
    if pixels.shape[:2] == (height, width):
        return pixels
    picture: Any = Image.fromarray(pixels)
    return np.asarray(picture.resize((width, height), Image.Resampling.BILINEAR))
