"""Thumbnails of covers."""

import io

import pytest
from PIL import Image

from musicalface.cover_thumbnail import MAX_BYTES, thumbnail


def encoded(kind: str, mode: str = "RGB", size: tuple[int, int] = (1000, 500)) -> bytes:
    content = io.BytesIO()
    Image.new(mode, size).save(content, kind)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        encoded("JPEG"),
        encoded("JPEG", "CMYK"),
        encoded("PNG", "RGBA"),
        encoded("PNG", "I;16"),
        encoded("WEBP"),
        encoded("GIF", "P"),
    ],
)
def test_pictures_become_small_jpegs(content: bytes) -> None:
    small = thumbnail(content)
    assert small
    with Image.open(io.BytesIO(small)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (256, 128))


def test_small_picture_keeps_its_size() -> None:
    small = thumbnail(encoded("PNG", size=(48, 48)))
    assert small
    assert Image.open(io.BytesIO(small)).size == (48, 48)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        encoded("JPEG")[:200],
        encoded("PNG")[:-30],
        encoded("TIFF"),
        encoded("PNG", "1", (8000, 5000)),
        encoded("JPEG", "L", (6500, 6500)),
        encoded("PNG") + bytes(MAX_BYTES),
    ],
)
def test_other_content_has_no_thumbnail(content: bytes) -> None:
    assert thumbnail(content) is None
