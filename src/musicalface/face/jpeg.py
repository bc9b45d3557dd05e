"""JPEG decoding at a half, a quarter or an eighth of the size, and its memory use."""

from math import ceil

from PIL.JpegImagePlugin import JpegImageFile

_LARGEST_REDUCTION = 8
_START_OF_SCAN = 0xDA


def drafted(picture: JpegImageFile, times: int) -> int:
    """Sets up a JPEG to decode up to `times` smaller; returns the approximate bytes it takes."""
    stored, scale = picture.width * picture.height, 1
    while scale < _LARGEST_REDUCTION and scale * 2 <= times:
        scale *= 2
    kept = stored * _bytes_of_coefficients(picture)
    picture.draft(picture.mode, (max(1, picture.width // scale), max(1, picture.height // scale)))
    return picture.width * picture.height * 4 + kept


def _bytes_of_coefficients(picture: JpegImageFile) -> int:
    """Memory for the coefficients, two bytes each: a JPEG of several scans is buffered whole."""
    if not picture.info.get("progressive") and _has_one_scan(picture):
        return 0
    samples = [across * down for _, across, down, _ in picture.layer]
    return ceil(2 * sum(samples) / max(1, *samples))


def _has_one_scan(picture: JpegImageFile) -> bool:
    """True if the first scan contains all layers."""
    file = picture.fp
    assert file  # open until the picture is decoded
    file.seek(2)
    while start := file.read(4):
        if start[0] != 0xFF or len(start) < 4:
            break
        length = int.from_bytes(start[2:])
        if start[1] == _START_OF_SCAN:
            return file.read(1) == bytes([len(picture.layer)])
        file.seek(length - 2, 1)
    return False
