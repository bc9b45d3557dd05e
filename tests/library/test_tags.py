import os
import sqlite3
from pathlib import Path

import pytest

from musicalface.library import tags
from musicalface.library.tags import Tagged, Unreadable, read_tags
from tests.audio import KINDS, frame, mp3, mp3_of, wav
from tests.conftest import SONG


def read(path: Path) -> Tagged:
    return read_tags(os.fsencode(path.parent), os.fsencode(path.name))


def reason(path: Path) -> str:
    with pytest.raises(Unreadable) as raised:
        read(path)
    return str(raised.value)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_tells_its_names_and_words(audio_files: dict[str, Path], kind: str) -> None:
    song = read(audio_files[kind])
    assert (song.artist, song.title) == ("The Singer", f"Song in {kind}")
    words = "" if kind == "wav" else SONG.read_text()
    assert song.words.split() == words.split()


def test_words_that_are_timed_in_the_tag(tmp_path: Path) -> None:
    lines = b"".join(
        line.encode() + b"\x00" + time.to_bytes(4, "big")
        for line, time in (("I walk", 1000), ("alone", 2500))
    )
    path = mp3_of(tmp_path / "a.mp3", frame(b"SYLT", b"\x03eng\x02\x01\x00" + lines))
    assert read(path).words.split() == ["I", "walk", "alone"]


def test_words_beside_a_file_only_where_it_has_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("beside")
    assert read(mp3(tmp_path / "a.mp3")).words == "beside"
    assert read(mp3(tmp_path / "a.mp3", words="its own")).words == "its own"


@pytest.mark.parametrize(
    "text",
    [
        b"\x03caf\xe9 \xff\xfe",  # said to be UTF-8
        b"\x01\xff\xfe\x00\xd8\x41",  # half of a surrogate pair, and half a letter
        b"\x02\xdc",
        b"\x00one\x00two\x00",
        b"\x07\x00\x01\x02",
    ],
)
def test_tags_in_broken_encodings_give_what_can_be_kept(tmp_path: Path, text: bytes) -> None:
    song = read(mp3_of(tmp_path / "x.mp3", frame(b"TPE1", text) + frame(b"TIT2", text)))
    names = sqlite3.connect(":memory:").execute("SELECT ?, ?", (song.artist, song.title)).fetchone()
    assert names == (song.artist, song.title)
    assert all(name.isprintable() for name in names)
    assert song.title


def test_what_is_no_song_says_why(tmp_path: Path) -> None:
    (tmp_path / "empty.mp3").touch()
    (tmp_path / "text.mp3").write_text("hello " * 99)
    (tmp_path / "damaged.flac").write_bytes(b"fLaC\x04\xff\xff\xff\x00\x00")
    os.mkfifo(tmp_path / "pipe.mp3")
    (tmp_path / "folder.mp3").mkdir()
    assert reason(tmp_path / "empty.mp3") == "empty"
    assert reason(tmp_path / "text.mp3") == "no audio that is known"
    assert reason(tmp_path / "damaged.flac") == "damaged"
    assert reason(tmp_path / "pipe.mp3") == "not a regular file"
    assert reason(tmp_path / "folder.mp3") == "not a regular file"
    assert reason(tmp_path / "gone.mp3") == "vanished while it was read"


def test_a_file_without_permission_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = wav(tmp_path / "a.wav")
    monkeypatch.setattr("os.open", refused)
    assert reason(path) == "permission denied"


def test_a_link_is_not_read(tmp_path: Path) -> None:
    mp3(tmp_path / "elsewhere" / "a.mp3")
    (tmp_path / "music").mkdir()
    (tmp_path / "music" / "a.mp3").symlink_to(tmp_path / "elsewhere" / "a.mp3")
    assert reason(tmp_path / "music" / "a.mp3") == "not a regular file"


def test_huge_tags_are_read_up_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tags, "_MOST_BYTES", 10_000)
    names = frame(b"TIT2", b"\x03A Title")
    path = mp3_of(tmp_path / "a.mp3", names + frame(b"USLT", b"\x03eng\x00" + b"la " * 50_000))
    song = read(path)
    assert song.title == "A Title"
    assert len(song.words) < 10_000
