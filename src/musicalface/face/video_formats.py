"""Detects a video by the first bytes of a file, whatever its name."""

from pathlib import Path

from ..files import open_file

_LONGEST = 2 * 188 + 1
_STARTS = (
    b"\x1aE\xdf\xa3",  # Matroska, WebM
    b"\x00\x00\x01\xba",  # MPEG
    b"\x00\x00\x01\xb3",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",  # WMV
    b"OggS",
    b"FLV\x01",
)
_QUICKTIME_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
_PICTURE_BRANDS = (
    *(b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"),
    *(b"mif1", b"msf1", b"avif", b"avis", b"crx "),
)


def is_video(path: Path) -> bool:
    """True if a regular file begins like a video, which may still hold sound only.

    Formats: MP4, MOV, WebM, Matroska, AVI, MPEG, WMV, Ogg, FLV. False if the file can't be opened.
    """
    try:
        with open_file(path) as file:
            return _begins_like_a_video(file.read(_LONGEST))
    except (OSError, ValueError):  # ValueError: the name has a null character
        return False


def _begins_like_a_video(start: bytes) -> bool:
    if start[4:8] in _QUICKTIME_BOXES:
        return start[8:12] not in _PICTURE_BRANDS
    is_transport_stream = start[::188] == b"GGG"
    is_avi = start[:4] == b"RIFF" and start[8:12] == b"AVI "
    return is_avi or is_transport_stream or start.startswith(_STARTS)
