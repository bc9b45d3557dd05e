"""Fuzz targets: audio files and lyrics files."""

import io
import shutil
import struct
import tempfile
import wave
from pathlib import Path

from musicalface.library.audio_tags import Unreadable, read_tags
from musicalface.library.song_lyrics import find_lyrics
from tests.audio_files import mp3, one_of_each

from .target import Target, require_sentence, written

_LRC = "[ar:The Singer]\n[ti:A Song]\n[00:12.00]Walk <00:12.50>alone\n[00:15.30][00:45.10]in rain\n"


def _read_tags(content: bytes, folder: Path) -> None:
    written(content, folder / "song.mp3")
    try:
        read_tags(bytes(folder), b"song.mp3")
    except Unreadable as error:  # the library lists the file with this reason
        require_sentence(error)


def _read_lyrics(content: bytes, folder: Path) -> None:
    written(content, folder / "song.lrc")
    written(content, folder / "other.txt")
    find_lyrics(bytes(folder), b"song.mp3", {})
    find_lyrics(bytes(folder), b"other.mp3", {})


def _audio() -> list[bytes]:
    with tempfile.TemporaryDirectory() as name:
        made = mp3(Path(name) / "made.mp3", "The Singer", "A Song", "walk alone").read_bytes()
        files = one_of_each(Path(name)).values() if shutil.which("ffmpeg") else ()
        return [made, _wav(), _flac(), *(path.read_bytes()[:20_000] for path in files)]


def _wav() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(160))
    return file.getvalue()


def _flac() -> bytes:
    """A FLAC stream header and a comment, without audio data."""
    texts = [b"ARTIST=The Singer", b"TITLE=A Song", b"LYRICS=walk alone"]
    counted = [struct.pack("<I", len(text)) + text for text in (b"vendor", *texts)]
    comment = counted[0] + struct.pack("<I", len(texts)) + b"".join(counted[1:])
    return b"fLaC\0\0\0\x22" + bytes(34) + b"\x84" + len(comment).to_bytes(3, "big") + comment


TARGETS = (
    Target("audio-tags", _read_tags, _audio),
    Target(
        "lyrics-text", _read_lyrics, lambda: [_LRC.encode(), _LRC.encode("utf-16"), b"\xe9t\xe9"]
    ),
)
