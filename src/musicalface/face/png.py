"""Decodes large PNG files in strips.

A filtered row depends only on the row above it. So a strip, preceded by the last row of the
previous strip, is a small picture that Pillow can decode.
"""

import struct
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from .decode_in_strips import rgb, spans

_MODES = {2: "RGB", 4: "LA", 6: "RGBA"}
_PIECE = 1 << 16
_SIGNATURE = 8
Item = TypeVar("Item")


@dataclass(frozen=True)
class Layout:
    """The storage layout of a row; PNG filters work on each byte of a pixel separately."""

    mode: str
    sixteen_bits: bool

    @property
    def bytes_a_pixel(self) -> int:
        """Bytes per pixel as stored in the file."""
        return len(self.mode) * (2 if self.sixteen_bits else 1)


def layout_of(picture: PngImageFile) -> Layout | None:
    """The layout of a PNG, or None if it can't be decoded in strips. Moves the file position."""
    file = picture.fp
    assert file  # open until the picture is decoded
    file.seek(_SIGNATURE + 16)
    depth, colour, _, _, interlaced = file.read(5)
    if colour not in _MODES or depth not in (8, 16) or interlaced:
        return None
    return Layout(_MODES[colour], depth == 16)


def strips(picture: PngImageFile, layout: Layout, times: int) -> Iterator[NDArray[np.uint8]]:
    """Decodes a PNG in strips (see `strips.Strips`); raises zlib.error and OSError if damaged."""
    sizes = [end - start for start, end in spans(picture.size, times)]
    assert picture.fp
    stored = _rows(picture.fp, picture.width * layout.bytes_a_pixel + 1, sizes)
    above = Image.new(layout.mode, (picture.width, 1))
    for rows in _ahead(stored):
        strip = _unfiltered(rows, above, layout)
        above = strip.crop((0, strip.height - 1, strip.width, strip.height))
        if "transparency" in picture.info and not layout.sixteen_bits:
            strip.info["transparency"] = picture.info["transparency"]
        yield rgb(strip, times)


def _unfiltered(rows: NDArray[np.uint8], above: Image.Image, layout: Layout) -> Image.Image:
    """Decodes filtered rows (N, bytes); uses the higher 8 of 16 bits."""
    if layout.sixteen_bits:
        rows = np.concatenate([rows[:, :1], rows[:, 1::2]], axis=1)
    size = (above.width, len(rows) + 1)
    packed = zlib.compress(b"\0" + above.tobytes() + rows.tobytes(), 0)
    whole = Image.frombytes(layout.mode, size, packed, "zip", (layout.mode, False))
    return whole.crop((0, 1, *size))


def _rows(file: IO[bytes], length: int, counts: list[int]) -> Iterator[NDArray[np.uint8]]:
    """Yields blocks of filtered rows, with the given number of rows each."""
    inflate, pieces, piece = zlib.decompressobj(), _pieces(file), b""
    for count in counts:
        rows = bytearray()
        while len(rows) < count * length:
            piece = piece or next(pieces, b"")
            found = inflate.decompress(piece, count * length - len(rows))
            if not found and not piece:
                raise OSError("image file is truncated")
            rows += found
            piece = inflate.unconsumed_tail
        yield np.frombuffer(rows, np.uint8).reshape(count, length)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Yields the compressed data of the IDAT chunks."""
    file.seek(_SIGNATURE)
    while len(head := file.read(8)) == 8:
        length, kind = struct.unpack(">I4s", head)
        if kind == b"IDAT":
            for start in range(0, length, _PIECE):
                yield file.read(min(_PIECE, length - start))
            length = 0
        file.seek(length + 4, 1)


def _ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Yields the same items, and makes the next one in another thread meanwhile."""
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(next, items, None)
        while (item := waiting.result()) is not None:
            waiting = other.submit(next, items, None)
            yield item
