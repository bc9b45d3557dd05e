"""Decodes pictures to upright RGB pixels, in strips and optionally at a smaller size."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from math import ceil, sqrt
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from ..errors import PhotoError
from . import heif, jpeg, png
from .decode_in_strips import Strips, strips_of

MAX_MEMORY = 240_000_000
"""Bytes that decoding may take in addition to its result."""

PNG_AT_ONCE = 100_000_000
"""Bytes of a PNG that is decoded at once, which is faster; a larger one is decoded in strips."""

MAX_SIDE = 65_535
"""Pixels: the longest side of a JPEG. One strip of a longer side would be a whole picture."""

_KINDS = ("JPEG", "MPO", "PNG", "WEBP", "BMP", "GIF", "TIFF", "AVIF", "JPEG2000", "PPM")
_BYTES_A_PIXEL = {"WEBP": 17, "AVIF": 10, "JPEG2000": 24, "TIFF": 8}
"""Bytes per pixel of decoders that take more memory than the picture itself; measured."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION = 0x0112


@dataclass(frozen=True)
class Photo:
    """An upright photo: pixels (H, W, 3) uint8 RGB, and the width and height of the original.

    A photo that was read at a smaller size has fewer pixels than the original.
    """

    pixels: NDArray[np.uint8]
    size: tuple[int, int]

    @property
    def scale(self) -> tuple[float, float]:
        """Width and height of the original as multiples of those of `pixels`."""
        height, width = self.pixels.shape[:2]
        return self.size[0] / width, self.size[1] / height


def open_picture(name: str, file: BinaryIO) -> Image.Image | heif.Heif:
    """Opens the picture in a file without decoding it; raises what Pillow raises."""
    if heif.is_heif(file):
        return heif.open_heif(name, file)
    Image.init()
    return Image.open(file, formats=[kind for kind in _KINDS if kind in Image.OPEN])


def decoded(name: str, picture: Image.Image | heif.Heif, largest: int | None) -> Photo:
    """Decodes a picture, turned upright, at no more than `largest` pixels if given.

    Raises PhotoError if `largest` is given and decoding would take more memory than MAX_MEMORY.
    """
    if max(picture.size) > MAX_SIDE:
        raise PhotoError(
            f"{name} has a side of more than {MAX_SIDE:,} pixels. Choose a smaller photo."
        )
    size, times = picture.size, _times(picture.size, largest)
    strips, cost = _way(picture, times)
    if largest and cost > MAX_MEMORY:
        raise PhotoError(
            f"{name} takes too much memory to decode. "
            "Save it with fewer pixels, or as a JPEG that is not progressive."
        )
    pixels = _joined(strips, picture.size, _times(picture.size, largest))
    orientation = _orientation(picture)  # after decoding, because Pillow turns TIFFs itself
    return Photo(_turned(pixels, orientation), size[::-1] if orientation >= 5 else size)


def _times(size: tuple[int, int], largest: int | None) -> int:
    return ceil(sqrt(size[0] * size[1] / largest)) if largest else 1


def _way(picture: Image.Image | heif.Heif, times: int) -> tuple[Strips, int]:
    """Returns a function that decodes the picture, and the approximate bytes that this takes."""
    pixels = picture.size[0] * picture.size[1]
    if isinstance(picture, heif.Heif):
        return picture.strips, pixels * heif.BYTES_A_PIXEL
    if isinstance(picture, JpegImageFile):
        return partial(strips_of, picture), jpeg.drafted(picture, times)
    bytes_a_pixel = max(_depth(picture.mode), _BYTES_A_PIXEL.get(picture.format or "", 0))
    if isinstance(picture, PngImageFile) and pixels * bytes_a_pixel > PNG_AT_ONCE:
        layout = png.layout_of(picture)
        if layout:
            return partial(png.strips, picture, layout), 0
    return partial(strips_of, picture), pixels * bytes_a_pixel


def _depth(mode: str) -> int:
    """Bytes per pixel in Pillow's memory."""
    return 1 if mode in ("1", "L", "P") else 2 if mode.startswith("I;16") else 4


def _orientation(picture: Image.Image | heif.Heif) -> int:
    if isinstance(picture, heif.Heif):  # the decoder turns it
        return 1
    with suppress(Exception):  # a valid picture can have invalid EXIF data
        # PngImageFile.getexif would decode the whole picture first.
        found = Image.Image.getexif(picture).get(_ORIENTATION, 1)
        return found if found in _TURNS else 1
    return 1


def _turned(pixels: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    if orientation == 1:
        return pixels
    return np.asarray(Image.fromarray(pixels).transpose(_TURNS[orientation]))


def _joined(strips: Strips, size: tuple[int, int], times: int) -> NDArray[np.uint8]:
    width, height = (ceil(side / times) for side in size)
    pixels, row = np.empty((height, width, 3), np.uint8), 0
    for strip in strips(times):
        pixels[row : row + len(strip)] = strip
        row += len(strip)
    if row != height:
        raise OSError("image file is truncated")
    return pixels
