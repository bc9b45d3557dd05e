"""Thumbnails of album covers, from pictures of any origin."""

import io

from PIL import Image

MAX_SIDE = 256
"""Pixels of a thumbnail's longer side."""

MAX_PIXELS, MAX_BYTES = 25_000_000, 10_000_000
"""Limits of a picture: larger ones are refused before they are decoded."""

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_QUALITY = 85


def thumbnail(content: bytes) -> bytes | None:
    """A JPEG of at most 256 pixels a side; None if the content is not a picture or too large."""
    if len(content) > MAX_BYTES:
        return None
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            return _reduced(picture) if _is_small(picture.size) else None
    except Exception:  # Pillow's decoders raise exceptions of any type for damaged pictures
        return None


def _is_small(size: tuple[int, int]) -> bool:
    return size[0] * size[1] <= MAX_PIXELS


def _reduced(picture: Image.Image) -> bytes:
    picture.draft("RGB", (2 * MAX_SIDE, 2 * MAX_SIDE))  # a JPEG is decoded at a smaller size
    small = picture.convert("RGB")
    small.thumbnail((MAX_SIDE, MAX_SIDE))
    content = io.BytesIO()
    small.save(content, "JPEG", quality=_QUALITY)
    return content.getvalue()
