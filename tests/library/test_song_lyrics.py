import os
from pathlib import Path

import pytest

from musicalface.library.song_lyrics import find_lyrics
from musicalface.lyrics.lyrics_cleaning import MAX_LYRICS_LENGTH
from musicalface.text_decoding import decode_text
from tests.conftest import SONG

LRC = """\ufeff[ar:Somebody]
[ti: A Song ]
[offset:+500]
[00:12.00]I walk <00:12.50>alone
[00:17.345][01:02.3]and back [again]
[2:07] to you
"""


def sibling_lyrics(folder: Path, name: str = "song.mp3") -> str:
    return find_lyrics(os.fsencode(folder), os.fsencode(name), {})


def test_several_lyrics_are_judged_alone(tmp_path: Path) -> None:
    words = SONG.read_text()
    (tmp_path / "song.lrc").write_text(LRC)  # too short to be scored
    (tmp_path / "song.txt").write_text(words)
    assert sibling_lyrics(tmp_path).split() == words.split()
    spanish = "Camino solo por la calle y pienso en ti cada noche sin dormir " * 3
    tags = {"lyrics": ["[Instrumental]", spanish], "lyricist": ["Somebody"], "lyrics-eng": [words]}
    assert find_lyrics(os.fsencode(tmp_path), b"x.mp3", tags).split() == words.split()
    del tags["lyrics-eng"]
    assert find_lyrics(os.fsencode(tmp_path), b"x.mp3", tags).split() == spanish.split()


@pytest.mark.parametrize(
    "name",
    ["song.LRC", "song.Txt", "song.mp3.lrc", "song.en.lrc", "song.eng.txt", "Lyrics/song.lrc",
     "lyrics/SONG.TXT", "song.en-US.lrc"],
)  # fmt: skip
def test_places_of_lyrics_files(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("[00:01.00]I walk alone")
    assert sibling_lyrics(tmp_path) == "I walk alone"
    assert sibling_lyrics(tmp_path, "other.mp3") == ""


def test_lrc_takes_precedence_over_txt(tmp_path: Path) -> None:
    (tmp_path / "song.txt").write_text("from the text")
    assert sibling_lyrics(tmp_path) == "from the text"
    (tmp_path / "song.lrc").write_text("[00:01.00]from the lrc")
    assert sibling_lyrics(tmp_path) == "from the lrc"
    assert sibling_lyrics(tmp_path, "other.mp3") == ""


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be",
     "cp1252"],
)  # fmt: skip
def test_lyrics_encodings(encoding: str) -> None:
    assert decode_text("naïve – café".encode(encoding)) == "naïve – café"


def test_invalid_bytes_are_replaced() -> None:
    assert "\ufffd" in decode_text(b"\x81\x8d\xff")
    assert decode_text(b"\xff\xfea") == "\ufffd"
    assert decode_text(b"\0\0\0") == "\0\0\0"


def test_long_text_is_cut_within_a_character(tmp_path: Path) -> None:
    (tmp_path / "song.txt").write_bytes(b"x" + "é".encode() * 3_000_000)
    words = sibling_lyrics(tmp_path)
    assert len(words) == MAX_LYRICS_LENGTH
    assert set(words) == {"x", "é"}


def test_sibling_link_or_pipe_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("unrelated")
    folder = tmp_path / "music"
    folder.mkdir()
    (folder / "song.lrc").symlink_to(secret)
    os.mkfifo(folder / "song.txt")
    assert sibling_lyrics(folder) == ""
