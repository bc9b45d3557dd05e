"""Arithmetic on pixels that training and inference share."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE = 48
"""Pixels a side of what an expression network reads, as in FER2013."""


def gray(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Luma (ITU-R BT.601) of RGB pixels: (H, W, 3) uint8 to (H, W) uint8."""
    return np.asarray(Image.fromarray(rgb).convert("L"))


def resize(pixels: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """Resample (H, W) or (H, W, 3) uint8 to height x width, antialiased; same dtype."""
    if pixels.shape[:2] == (height, width):
        return pixels
    picture: Any = Image.fromarray(pixels)
    return np.asarray(picture.resize((width, height), Image.Resampling.BILINEAR))
