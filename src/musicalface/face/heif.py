"""HEIC and HEIF decoder that avoids the copies that Pillow's plugin makes."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..errors import MissingExtraError
from .decode_in_strips import rgb, spans

BYTES_A_PIXEL = 5
"""Memory that decoding takes: the planes of brightness and colour, and their conversion."""

_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")


@dataclass(frozen=True)
class Heif:
    """A picture that is not yet decoded; a context manager, like Pillow's."""

    file: Any  # pi_heif.HeifFile
    size: tuple[int, int]

    def strips(self, times: int) -> Iterator[NDArray[np.uint8]]:
        """Decodes the picture in strips; see `strips.Strips`."""
        pixels = np.asarray(self.file)
        if self.file.size != self.size:
            raise ValueError("its size differs from its header")
        for start, end in spans(self.size, times):
            yield rgb(Image.fromarray(_eight_bits(pixels[start:end, : self.size[0]])), times)

    def __enter__(self) -> "Heif":
        return self

    def __exit__(self, *_: object) -> None:
        pass


def is_heif(file: BinaryIO) -> bool:
    """True if the file starts with a HEIF brand; rewinds the file."""
    start = file.read(12)
    file.seek(0)
    return start[4:8] == b"ftyp" and start[8:12] in _BRANDS


def open_heif(name: str, file: BinaryIO) -> Heif:
    """Opens the first picture of a file; raises MissingExtraError, and what pi_heif raises."""
    if not find_spec("pi_heif"):
        raise MissingExtraError(f"{name} is HEIC, and reading it", "heic")
    import pi_heif

    found = pi_heif.open_heif(file)
    return Heif(found, found.size)


def _eight_bits(strip: NDArray[Any]) -> NDArray[np.uint8]:
    return strip if strip.dtype == np.uint8 else (strip >> 8).astype(np.uint8)
