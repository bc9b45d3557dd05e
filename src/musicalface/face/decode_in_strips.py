"""Converts a picture to RGB at a smaller size in strips, without a copy of the whole picture."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_PIXELS = 1_000_000
"""Approximate size of a strip; at least one row."""

_REDUCIBLE = ("L", "LA", "RGB", "RGBA", "CMYK")
Levels = tuple[float, float]
"""The values of black and white."""

EIGHT_BITS: Levels = (0, 255)
Strips = Callable[[int], Iterator[NDArray[np.uint8]]]
"""Takes the factor of reduction; yields all rows (H, W, 3) uint8 RGB, top to bottom, in strips."""


def strips_of(picture: Image.Image, times: int) -> Iterator[NDArray[np.uint8]]:
    """Strips of a picture that is decoded at once; see Strips."""
    picture.load()
    levels = _levels(picture)
    for start, end in spans(picture.size, times):
        yield rgb(picture.crop((0, start, picture.width, end)), times, levels)


def spans(size: tuple[int, int], times: int) -> Iterator[tuple[int, int]]:
    """The first row and the end row (exclusive) of each strip, multiples of `times`."""
    width, height = size
    rows = max(1, _PIXELS // (width * times)) * times
    for start in range(0, height, rows):
        yield start, min(height, start + rows)


def rgb(strip: Image.Image, times: int = 1, levels: Levels = EIGHT_BITS) -> NDArray[np.uint8]:
    """Converts a strip to RGB (H, W, 3) uint8, `times` smaller."""
    if _is_deep(strip):
        strip = _eight_bits(strip, levels)
    if strip.mode not in _REDUCIBLE or "transparency" in strip.info:
        strip = strip.convert("RGBA" if strip.has_transparency_data else "RGB")
    if times > 1:
        strip = strip.reduce(times)
    if strip.has_transparency_data:
        strip = strip.convert("RGBA")
        strip = Image.alpha_composite(Image.new("RGBA", strip.size, "white"), strip)
    return np.asarray(strip.convert("RGB"))


def _is_deep(picture: Image.Image) -> bool:
    """True if pixels have more than 8 bits."""
    return picture.mode in ("I", "F") or picture.mode.startswith("I;16")


def _levels(picture: Image.Image) -> Levels:
    """The levels that a picture's values suggest; files don't say how many bits are used.

    Floats can be -1 to 1 or 0 to 1. Otherwise white is the largest value of 8 to 32 bits.
    """
    if not _is_deep(picture):
        return EIGHT_BITS
    darkest, brightest = 0.0, 0.0
    for start, end in spans(picture.size, 1):
        strip = np.asarray(picture.crop((0, start, picture.width, end)), np.float64)
        finite = np.isfinite(strip)
        darkest = min(darkest, strip.min(where=finite, initial=0))
        brightest = max(brightest, strip.max(where=finite, initial=0))
    if picture.mode == "F" and brightest <= 1:
        return (-1 if -1 <= darkest < 0 else 0), 1
    return 0, next((2**bits - 1 for bits in range(8, 32) if brightest < 2**bits), 2**32 - 1)


def _eight_bits(strip: Image.Image, levels: Levels) -> Image.Image:
    black, white = levels
    values = np.nan_to_num(np.asarray(strip, np.float32)).clip(black, white)
    return Image.fromarray(((values - black) * (255 / (white - black))).round().astype(np.uint8))
