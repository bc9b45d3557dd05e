"""Photos of any make become upright RGB pixels, within limits."""

import io
import warnings
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from ..errors import MissingExtraError, PhotoError

MAX_PIXELS = 100_000_000
MAX_BYTES = 512_000_000
PICTURE_SUFFIXES = frozenset(
    ".jpg .jpeg .jpe .jfif .png .webp .bmp .gif .tif .tiff .heic .heif .avif".split()
)
_KINDS = ("JPEG", "MPO", "PNG", "WEBP", "BMP", "GIF", "TIFF", "HEIF", "AVIF", "JPEG2000")
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")


def read_photo(source: str | Path | bytes) -> NDArray[np.uint8]:
    """Read a photo, turned upright by its EXIF orientation: (H, W, 3) uint8 RGB.

    Alpha is laid over white; of an animation the first frame is taken. Raises
    PhotoError for anything that is no whole picture of at most 100 megapixels,
    MissingExtraError for HEIC without its decoder.
    """
    name, content = _content(source)
    if not content:
        raise PhotoError(f"{name} is empty.")
    if len(content) > MAX_BYTES:
        raise PhotoError(f"{name} is too large: {MAX_BYTES // 1_000_000} MB is the most.")
    if _is_heif(content):
        _register_heif(name)
    try:
        return _decoded(name, content)
    except PhotoError:
        raise
    except Image.DecompressionBombError:
        raise PhotoError(_too_large(name)) from None
    except UnidentifiedImageError:
        raise PhotoError(f"{name} is not a picture.") from None
    except Exception as error:  # decoders raise anything on damaged files
        reason = " ".join(str(error).split()) or type(error).__name__
        raise PhotoError(f"{name} is damaged or cut short ({reason}).") from None


def photos_in(folder: Path) -> list[Path]:
    """The pictures of a folder and below, by name; raises PhotoError when there are none."""
    found = sorted(path for path in folder.rglob("*") if is_photo(path))
    if not found:
        raise PhotoError(f"The folder {folder} holds no photos.")
    return found


def is_photo(path: Path) -> bool:
    """Whether it is a file, and its name is that of a picture that is not hidden."""
    seen = not path.name.startswith(".")  # "._me.jpg" is a shadow that macOS leaves
    return seen and path.suffix.lower() in PICTURE_SUFFIXES and path.is_file()


def _content(source: str | Path | bytes) -> tuple[str, bytes]:
    if isinstance(source, bytes):
        return "The picture", source
    try:
        with Path(source).open("rb") as file:
            return str(source), file.read(MAX_BYTES + 1)  # a device may have no end
    except FileNotFoundError:
        raise PhotoError(f"There is no file {source}.") from None
    except (OSError, ValueError) as error:  # a name may hold what no name can
        reason = getattr(error, "strerror", None) or error
        raise PhotoError(f"'{source}' cannot be read ({reason}).") from None


def _decoded(name: str, content: bytes) -> NDArray[np.uint8]:
    Image.init()
    kinds = [kind for kind in _KINDS if kind in Image.OPEN]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what is damaged, one sentence is enough
        with Image.open(io.BytesIO(content), formats=kinds) as picture:
            _check_size(name, picture.width * picture.height)
            return _upright_rgb(picture)


def _check_size(name: str, pixels: int) -> None:
    if pixels > MAX_PIXELS:
        raise PhotoError(_too_large(name))


def _too_large(name: str) -> str:
    return f"{name} has too many pixels: {MAX_PIXELS // 1_000_000} megapixels is the most."


def _upright_rgb(picture: Image.Image) -> NDArray[np.uint8]:
    upright = _upright(picture)
    if upright.mode in ("I", "F") or upright.mode.startswith("I;16"):
        upright = _eight_bits(upright)
    if upright.has_transparency_data:
        upright = _on_white(upright.convert("RGBA"))
    return np.asarray(upright.convert("RGB"))


def _upright(picture: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # a sound picture may carry nonsense for an orientation
        return picture


def _eight_bits(picture: Image.Image) -> Image.Image:
    values = np.asarray(picture, np.float32)
    top = 65535 if values.max(initial=0) > 255 else 255
    return Image.fromarray((values.clip(0, top) * (255 / top)).round().astype(np.uint8))


def _on_white(picture: Image.Image) -> Image.Image:
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, picture)


def _is_heif(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS


def _register_heif(name: str) -> None:
    if not find_spec("pi_heif"):
        raise MissingExtraError(f"{name} is HEIC, and reading it", "heic")
    import pi_heif

    pi_heif.register_heif_opener()
