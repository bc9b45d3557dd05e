"""Photo reader: pictures of all common formats to upright RGB pixels, with size limits."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from ..errors import MissingExtraError, PhotoError
from ..file_walk import files_below
from ..files import open_file
from .photo_decoder import Photo, decoded, open_picture

MAX_PIXELS = 100_000_000
MAX_BYTES = 512_000_000
"""Maximum size of a file."""

MAX_BYTES_IN_MEMORY = 100_000_000
"""Maximum size of standard input, and of a file whose decoder reads it at once."""

READ_PIXELS = 16_000_000
"""Larger photos are decoded at a smaller size, because faces are detected at 2 megapixels."""

PICTURE_SUFFIXES = frozenset(
    ".jpg .jpeg .jpe .jfif .png .webp .bmp .gif .tif .tiff .heic .heif .avif .pgm .ppm".split()
)
_READ_IN_PIECES = (b"\xff\xd8", b"\x89PNG", b"BM", b"GIF8", b"II", b"MM")
_FORMATS = "Choose a JPEG, PNG, WebP, AVIF, HEIC, GIF, BMP or TIFF file."


def read_photo(source: str | Path | bytes) -> NDArray[np.uint8]:
    """Reads a photo at full size, turned upright by its EXIF orientation: (H, W, 3) uint8 RGB.

    `source` is a path or the bytes of a file: JPEG, PNG, WebP, AVIF, BMP, GIF, TIFF, PGM, PPM or
    HEIC. Transparent pixels become white; of an animation the first frame is used. Raises
    PhotoError if the photo is missing, damaged, or larger than 100 megapixels or 512 MB, and
    MissingExtraError for HEIC without the extra [heic].
    """
    return _read(source, None).pixels


def read_reduced(source: str | Path | bytes, largest: int = READ_PIXELS) -> Photo:
    """Reads a photo at no more than `largest` pixels, in bounded memory.

    Decoding takes at most 240 MB. Raises PhotoError for a photo that needs more, and what
    `read_photo` raises.
    """
    return _read(source, largest)


def list_photos(folder: Path) -> list[Path]:
    """The photos in a folder and its subfolders, by name; raises PhotoError if there are none."""
    photos = sorted(path for path in files_below(folder) if is_photo(path))
    if not photos:
        raise PhotoError(f"The folder {folder} has no photos. Choose another folder.")
    return photos


def is_photo(path: Path) -> bool:
    """True if the path is a file with the extension of a picture and is not hidden."""
    visible = not path.name.startswith(".")  # macOS writes metadata files such as "._me.jpg"
    return visible and path.suffix.lower() in PICTURE_SUFFIXES and path.is_file()


def _read(source: str | Path | bytes, largest: int | None) -> Photo:
    name = "That file" if isinstance(source, bytes) else str(source)
    try:
        with _opened(name, source) as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # decoders also warn about damaged files
            with open_picture(name, file) as picture:
                _check_size(name, *picture.size)
                return decoded(name, picture, largest)
    except (PhotoError, MissingExtraError):
        raise
    except Image.DecompressionBombError:
        raise _too_large(name) from None
    except UnidentifiedImageError:
        raise PhotoError(f"{name} isn't a photo. {_FORMATS}") from None
    except Exception as error:  # decoders raise anything on damaged files
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise PhotoError(f"{name} is damaged ({reason}). Choose another photo.") from None


@contextmanager
def _opened(name: str, source: str | Path | bytes) -> Iterator[BinaryIO]:
    if isinstance(source, bytes):
        _check_bytes(name, source[:4], len(source))
        yield io.BytesIO(source)
        return
    try:
        file = open_file(Path(source), pipes=True)
        if not file.seekable():
            with file as pipe:
                file = io.BytesIO(pipe.read(MAX_BYTES_IN_MEMORY + 1))
    except FileNotFoundError:
        raise PhotoError(f"There is no file {name}. Check the path.") from None
    except (OSError, ValueError) as error:  # ValueError: the name has a null character
        reason = getattr(error, "strerror", None) or error
        raise PhotoError(f"'{name}' can't be read ({reason}). Choose another file.") from None
    with file:
        start, size = file.read(4), file.seek(0, io.SEEK_END)
        file.seek(0)
        _check_bytes(name, start, size)
        yield file


def _check_bytes(name: str, start: bytes, size: int) -> None:
    if not size:
        raise PhotoError(f"{name} is empty. Choose another photo.")
    most = MAX_BYTES if start.startswith(_READ_IN_PIECES) else MAX_BYTES_IN_MEMORY
    if size > most:
        raise PhotoError(f"{name} is larger than {most // 1_000_000} MB. Choose a smaller photo.")


def _check_size(name: str, width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_large(name)


def _too_large(name: str) -> PhotoError:
    return PhotoError(
        f"{name} is larger than {MAX_PIXELS // 1_000_000} megapixels. Choose a smaller photo."
    )
