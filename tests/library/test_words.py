import os
import time
from pathlib import Path

import pytest

from musicalface.library.words import decoded, plain_words, words_beside
from musicalface.lyrics.tables import MOST_CHARACTERS

LRC = """\ufeff[ar:Somebody]
[ti: A Song ]
[offset:+500]
[00:12.00]I walk <00:12.50>alone
[00:17.345][01:02.3]and back [again]
[2:07] to you
"""


def beside(folder: Path, name: str = "song.mp3") -> str:
    return words_beside(os.fsencode(folder), os.fsencode(name))


def test_times_and_headers_are_no_words() -> None:
    assert (
        plain_words(LRC.lstrip("\ufeff")).split() == "I walk alone and back [again] to you".split()
    )


def test_many_empty_lines_take_no_time() -> None:
    started = time.process_time()
    assert plain_words("\r\n" * 400_000 + "words") == "words"
    assert time.process_time() - started < 5


def test_an_lrc_file_goes_before_a_text(tmp_path: Path) -> None:
    (tmp_path / "song.txt").write_text("from the text")
    assert beside(tmp_path) == "from the text"
    (tmp_path / "song.lrc").write_text("[00:01.00]from the lrc")
    assert beside(tmp_path) == "from the lrc"
    assert beside(tmp_path, "other.mp3") == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_of_words(encoding: str) -> None:
    assert decoded("naïve – café".encode(encoding)) == "naïve – café"


def test_bytes_that_are_no_text_do_no_harm() -> None:
    assert "\ufffd" in decoded(b"\x81\x8d\xff")
    assert decoded(b"\xff\xfea") == "\ufffd"


def test_a_long_text_is_cut_even_within_a_letter(tmp_path: Path) -> None:
    (tmp_path / "song.txt").write_bytes(b"x" + "é".encode() * 3_000_000)
    words = beside(tmp_path)
    assert len(words) == MOST_CHARACTERS
    assert set(words) == {"x", "é"}


def test_a_link_or_a_pipe_beside_a_song_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("not the song's")
    folder = tmp_path / "music"
    folder.mkdir()
    (folder / "song.lrc").symlink_to(secret)
    os.mkfifo(folder / "song.txt")
    assert beside(folder) == ""
