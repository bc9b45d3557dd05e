import os

import pytest

from musicalface.library.names import names_of


@pytest.mark.parametrize(
    ("name", "artist", "title"),
    [
        ("Queen - Radio Ga Ga.mp3", "Queen", "Radio Ga Ga"),
        ("01 - Queen - Radio Ga Ga.mp3", "Queen", "Radio Ga Ga"),
        ("03. Radio Ga Ga.mp3", "", "Radio Ga Ga"),
        ("07 Radio Ga Ga.flac", "", "Radio Ga Ga"),
        ("99 Problems.mp3", "", "99 Problems"),
        ("50 Cent - In Da Club.ogg", "50 Cent", "In Da Club"),
        ("24-7.mp3", "", "24-7"),
        ("01.mp3", "", "01"),
        ("AC-DC – T.N.T..mp3", "AC-DC", "T.N.T."),
    ],
)
def test_a_files_name_tells_artist_and_title(name: str, artist: str, title: str) -> None:
    assert names_of(os.fsencode(f"some/folder/{name}"), "", "", "") == (artist, title)


def test_tags_go_before_the_files_name() -> None:
    assert names_of(b"A - B.mp3", "Tagged", "", "Various") == ("Tagged", "B")
    assert names_of(b"A - B.mp3", "", "Tagged", "Various") == ("A", "Tagged")
    assert names_of(b"B.mp3", "", "", "Various") == ("Various", "B")


def test_names_are_fit_to_be_shown() -> None:
    assert names_of(b"x.mp3", "The\x1b[31m\nBand\x00", "t" * 900, "") == (
        "The [31m Band",
        "t" * 300,
    )


def test_a_files_name_in_another_encoding() -> None:
    assert names_of(b"caf\xe9.mp3", "", "", "") == ("", "café")
