"""Detects the format of a sound file from its first bytes, because file names can be wrong."""

import re
from dataclasses import dataclass
from pathlib import Path

HEAD = 4096
"""The number of first bytes from which a format is detected."""

_PROTECTED = re.compile(rb"stsd.{12}(drms|enca)", re.DOTALL)
_MP4_TABLES = 4_000_000  # bytes at either end of an MP4 file that contain its tables


@dataclass(frozen=True)
class Kind:
    """A sound format: its name, and ffmpeg's name for its container."""

    name: str
    demuxer: str
    native: bool = False  # miniaudio decodes it


MP3 = Kind("mp3", "mp3", native=True)
_FLAC = Kind("flac", "flac", native=True)
_KINDS = (
    (rb"fLaC", _FLAC),
    (rb"ID3", MP3),
    (rb"(RIFF|RIFX|RF64)....WAVE", Kind("wav", "wav", native=True)),
    (rb"FORM....AIF[FC]", Kind("aiff", "aiff", native=True)),
    (rb"OggS.{24,282}\x01vorbis", Kind("ogg", "ogg", native=True)),
    (rb"OggS.{24,282}OpusHead", Kind("opus", "ogg")),
    (rb"OggS", Kind("ogg", "ogg")),
    (rb"....ftyp", Kind("m4a", "mov")),
    (rb"\xff[\xf0\xf1\xf8\xf9]", Kind("aac", "aac")),
    (rb"\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff]", MP3),
    (rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Kind("wma", "asf")),
    (rb"\x1a\x45\xdf\xa3", Kind("webm", "matroska")),
    (rb"MAC ", Kind("ape", "ape")),
    (rb"wvpk", Kind("wv", "wv")),
    (rb"DSD ", Kind("dsf", "dsf")),
    (rb"FRM8", Kind("dff", "iff")),
    (rb"MPCK", Kind("mpc", "mpc8")),
    (rb"MP\+", Kind("mpc", "mpc")),
    (rb"TTA1", Kind("tta", "tta")),
    (rb"caff", Kind("caf", "caf")),
)
_COMPILED = tuple((re.compile(start, re.DOTALL), kind) for start, kind in _KINDS)


def kind_of(head: bytes) -> Kind | None:
    """Returns the format of a file that starts with these bytes; None if it is unknown."""
    return next((kind for start, kind in _COMPILED if start.match(head)), None)


def tag_size(head: bytes) -> int:
    """Returns the size in bytes of the ID3v2 tag at the start of a file; 0 without one."""
    if len(head) < 10 or not head.startswith(b"ID3"):
        return 0
    seven_bits = [byte & 0x7F for byte in head[6:10]]
    return 10 + (seven_bits[0] << 21 | seven_bits[1] << 14 | seven_bits[2] << 7 | seven_bits[3])


def is_protected(path: Path) -> bool:
    """True if the sound of an MP4 file is encrypted (DRM). Raises OSError."""
    with path.open("rb") as file:
        if _PROTECTED.search(file.read(_MP4_TABLES)):
            return True
        file.seek(max(0, path.stat().st_size - _MP4_TABLES))
        return _PROTECTED.search(file.read(_MP4_TABLES)) is not None
