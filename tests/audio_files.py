"""Audio files for tests: every format by ffmpeg, and small files written byte by byte."""

import shutil
import subprocess
import wave
from pathlib import Path

import pytest

from tests.conftest import SONG

KINDS = ("mp3", "m4a", "flac", "ogg", "oga", "opus", "wav")
_FRAME = b"\xff\xfb\x90\x00" + bytes(413)


def one_of_each(folder: Path, seconds: int = 1) -> dict[str, Path]:
    """A tone in every format, with artist, title and (except wav) lyrics."""
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is not installed: see tools/system-packages")
    tone = f"sine=frequency=440:duration={seconds}"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", tone]
    files = {kind: folder / f"{kind}.{kind}" for kind in KINDS}
    for kind, path in files.items():
        facts = {"artist": "The Singer", "title": f"Song in {kind}", "lyrics": SONG.read_text()}
        tags = [part for name, value in facts.items() for part in ("-metadata", f"{name}={value}")]
        subprocess.run([*command, *tags, path], check=True)
    return files


def many_files(folder: Path, number: int) -> None:
    """Creates `number` hard links to one song without lyrics, so that a scan takes a while."""
    first = mp3(folder / "0.mp3", "The Singer", "A Song")
    for i in range(1, number):
        (folder / f"{i}.mp3").hardlink_to(first)


def three_songs(folder: Path, seconds: float = 0.6) -> None:
    """Creates a folder with three songs by three artists."""
    folder.mkdir()
    for number in range(3):
        facts = {
            "artist": f"Singer {number}",
            "title": f"Own {number}",
            "lyrics": SONG.read_text(),
        }
        tags = [part for name, value in facts.items() for part in ("-metadata", f"{name}={value}")]
        tone = f"sine=frequency=440:duration={seconds}"
        subprocess.run(
            ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", tone, *tags, folder / f"{number}.mp3"],
            check=True,
        )


def mp3(path: Path, artist: str = "", title: str = "", words: str = "") -> Path:
    """Writes a very short mp3 file with ID3 tags."""
    frames = [(b"TPE1", artist), (b"TIT2", title)]
    content = [frame(name, b"\x03" + text.encode()) for name, text in frames if text]
    if words:
        content.append(frame(b"USLT", b"\x03eng\x00" + words.encode()))
    return mp3_of(path, b"".join(content))


def mp3_of(path: Path, frames: bytes) -> Path:
    """Writes a very short mp3 file with the given ID3 frames."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"ID3\x04\x00\x00" + _size(len(frames) + 10) + frames + bytes(10) + 2 * _FRAME)
    return path


def frame(name: bytes, content: bytes) -> bytes:
    """An ID3 frame of version 2.4."""
    return name + _size(len(content)) + b"\x00\x00" + content


def wav(path: Path) -> Path:
    """Writes a very short silent wav file without tags."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(160))
    return path


def _size(number: int) -> bytes:
    """An ID3 size: four bytes of seven bits."""
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))
