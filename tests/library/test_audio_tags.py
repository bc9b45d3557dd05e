import os
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest

from musicalface.library import audio_tags
from musicalface.library.audio_tags import AudioTags, Unreadable, read_tags
from tests.audio_files import KINDS, frame, mp3, mp3_of, wav
from tests.conftest import SONG


def read(path: Path) -> AudioTags:
    return read_tags(os.fsencode(path.parent), os.fsencode(path.name))


def reason(path: Path) -> str:
    with pytest.raises(Unreadable) as raised:
        read(path)
    return str(raised.value)


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_has_tags_and_lyrics(audio_files: dict[str, Path], kind: str) -> None:
    song = read(audio_files[kind])
    assert (song.artist, song.title) == ("The Singer", f"Song in {kind}")
    words = "" if kind == "wav" else SONG.read_text()
    assert song.lyrics.split() == words.split()


def test_timed_lyrics_in_the_tag(tmp_path: Path) -> None:
    lines = b"".join(
        line.encode() + b"\x00" + time.to_bytes(4, "big")
        for line, time in (("I walk", 1000), ("alone", 2500))
    )
    path = mp3_of(tmp_path / "a.mp3", frame(b"SYLT", b"\x03eng\x02\x01\x00" + lines))
    assert read(path).lyrics.split() == ["I", "walk", "alone"]


def test_sibling_lyrics_are_used_only_without_tagged_lyrics(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("from the file")
    assert read(mp3(tmp_path / "a.mp3")).lyrics == "from the file"
    assert read(mp3(tmp_path / "a.mp3", words="from the tag")).lyrics == "from the tag"


@pytest.mark.parametrize(
    "text",
    [
        b"\x03caf\xe9 \xff\xfe",  # declared as UTF-8
        b"\x01\xff\xfe\x00\xd8\x41",  # half of a surrogate pair, and half a character
        b"\x02\xdc",
        b"\x00one\x00two\x00",
        b"\x07\x00\x01\x02",
    ],
)
def test_tags_in_broken_encodings(tmp_path: Path, text: bytes) -> None:
    song = read(mp3_of(tmp_path / "x.mp3", frame(b"TPE1", text) + frame(b"TIT2", text)))
    with closing(sqlite3.connect(":memory:")) as database:
        names = database.execute("SELECT ?, ?", (song.artist, song.title)).fetchone()
    assert names == (song.artist, song.title)
    assert all(name.isprintable() for name in names)
    assert song.title


def test_unreadable_files_give_a_reason(tmp_path: Path) -> None:
    (tmp_path / "empty.mp3").touch()
    (tmp_path / "text.mp3").write_text("hello " * 99)
    (tmp_path / "damaged.flac").write_bytes(b"fLaC\x04\xff\xff\xff\x00\x00")
    os.mkfifo(tmp_path / "pipe.mp3")
    (tmp_path / "folder.mp3").mkdir()
    assert reason(tmp_path / "empty.mp3") == "empty"
    assert reason(tmp_path / "text.mp3") == "unknown audio format"
    assert reason(tmp_path / "damaged.flac") == "damaged"
    assert reason(tmp_path / "pipe.mp3") == "not a regular file"
    assert reason(tmp_path / "folder.mp3") == "not a regular file"
    assert reason(tmp_path / "gone.mp3") == "disappeared during the scan"


def test_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = wav(tmp_path / "a.wav")
    monkeypatch.setattr("os.open", refused)
    assert reason(path) == "permission denied"


def test_link_is_not_read(tmp_path: Path) -> None:
    mp3(tmp_path / "elsewhere" / "a.mp3")
    (tmp_path / "music").mkdir()
    (tmp_path / "music" / "a.mp3").symlink_to(tmp_path / "elsewhere" / "a.mp3")
    assert reason(tmp_path / "music" / "a.mp3") == "not a regular file"


def test_huge_tags_are_truncated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audio_tags, "_MAX_BYTES", 10_000)
    names = frame(b"TIT2", b"\x03A Title")
    path = mp3_of(tmp_path / "a.mp3", names + frame(b"USLT", b"\x03eng\x00" + b"la " * 50_000))
    song = read(path)
    assert song.title == "A Title"
    assert len(song.lyrics) < 10_000


def test_ape_tag_at_the_end_of_an_mp3(tmp_path: Path) -> None:
    path = mp3(tmp_path / "a.mp3")
    texts = {"Artist": "The Singer", "Title": "A Song", "Lyrics": SONG.read_text()}
    items = b"".join(
        struct.pack("<II", len(text.encode()), 0) + name.encode() + b"\0" + text.encode()
        for name, text in texts.items()
    )
    footer = struct.pack("<8sIII12x", b"APETAGEX", 2000, len(items) + 32, len(texts))
    for end in (b"", b"TAG" + bytes(125)):
        path.write_bytes(mp3(tmp_path / "b.mp3").read_bytes() + items + footer + end)
        song = read(path)
        assert (song.artist, song.title) == ("The Singer", "A Song")
        assert song.lyrics.split() == SONG.read_text().split()
    for length in (0, 31, 10**6, 2**32 - 1):
        broken = struct.pack("<8sIII12x", b"APETAGEX", 2000, length, 2**32 - 1)
        path.write_bytes(mp3(tmp_path / "b.mp3").read_bytes() + items + broken)
        assert read(path).lyrics == ""
