import os

import pytest

from musicalface.identity import song_key
from musicalface.library.artist_and_title import Names, name_candidates


def song_names(path: bytes, artist: str, title: str, album_artist: str) -> Names:
    return name_candidates(path, (artist,), title, album_artist)[0]


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
        ("7 Rings.mp3", "", "7 Rings"),
        ("1979.mp3", "", "1979"),
        ("A1 - Caught in the Middle.mp3", "A1", "Caught in the Middle"),
        ("A1 Queen - Innuendo.mp3", "Queen", "Innuendo"),
        ("#07 Queen - Innuendo.mp3", "Queen", "Innuendo"),
        ("[12] Queen ~ Innuendo.mp3", "Queen", "Innuendo"),
        ("1-04 Queen – Innuendo.flac", "Queen", "Innuendo"),
        ("Queen - 04 - Innuendo.mp3", "Queen", "Innuendo"),
        ("Queen_-_Innuendo_(Official_Video).mp3", "Queen", "Innuendo"),
        ("Queen - Innuendo [Official HD Video] (Lyrics).mp3", "Queen", "Innuendo"),
        ("Queen - Innuendo-g2N0TkfrQhY.mp3", "Queen", "Innuendo"),
        ("Queen - Innuendo [g2N0TkfrQhY].m4a", "Queen", "Innuendo"),
        ("Pearl Jam - Unbreakable.mp3", "Pearl Jam", "Unbreakable"),
        ("somesite.com - Queen - Innuendo_320k.mp3", "Queen", "Innuendo"),
        ("Queen - Innuendo (320 kbps) - Copy (2).mp3", "Queen", "Innuendo"),
        ("Queen - Innuendo (Live) [1991].mp3", "Queen", "Innuendo (Live)"),
        ("Queen - Don&#39;t%20Stop.mp3", "Queen", "Don't Stop"),
        ("Track 03.mp3", "", "Track 03"),
        ("Blur - Song 2.mp3", "Blur", "Song 2"),
        ("!!! - Heart of Hearts.mp3", "!!!", "Heart of Hearts"),
        ("ABBA/Arrival/02. Tiger.mp3", "ABBA", "Tiger"),
        ("ABBA/1976 - Arrival/CD1/02 Tiger.mp3", "ABBA", "Tiger"),
        ("Music/Downloads/Tiger.mp3", "", "Tiger"),
        ("AC-DC – T.N.T..mp3", "AC-DC", "T.N.T."),
    ],
)
def test_artist_and_title_from_the_file_name(name: str, artist: str, title: str) -> None:
    assert song_names(os.fsencode(name), "", "", "") == (artist, title)


def test_tags_take_precedence_over_the_file_name() -> None:
    assert song_names(b"A - B.mp3", "Tagged", "", "Various") == ("Tagged", "B")
    assert song_names(b"A - B.mp3", "", "Tagged", "Various") == ("A", "Tagged")
    assert song_names(b"B.mp3", "", "", "Maker") == ("Maker", "B")
    assert song_names(b"B.mp3", "", "", "Various Artists") == ("", "B")


def test_names_are_cleaned() -> None:
    assert song_names(b"x.mp3", "The\x1b[31m\nBand\x00", "t" * 900, "") == (
        "The [31m Band",
        "t" * 300,
    )


def test_file_name_in_another_encoding() -> None:
    assert song_names(b"caf\xe9.mp3", "", "", "") == ("", "café")


@pytest.mark.parametrize(
    ("artists", "title", "wanted"),
    [
        (["Unknown Artist"], "Track 1", ("Queen", "Innuendo")),
        (["<unknown>"], "Innuendo", ("Queen", "Innuendo")),
        (["Queen - Topic"], "02. Innuendo", ("Queen", "Innuendo")),
        (["QueenVEVO"], '"Innuendo"', ("Queen", "Innuendo")),
        (["Queen"], "Queen - Innuendo", ("Queen", "Innuendo")),
        (["Queen;David Bowie"], "Innuendo / Other", ("Queen", "Innuendo")),
        (["David Bowie", "Queen"], "Innuendo [Explicit]", ("Queen", "Innuendo")),
        (["Queen feat. X"], "Innuendo (with Somebody)", ("Queen", "Innuendo")),
    ],
)
def test_tags_as_people_have_them(artists: list[str], title: str, wanted: tuple[str, str]) -> None:
    assert wanted in name_candidates(b"Queen - Innuendo.mp3", artists, title, "")


def test_ripped_discs_without_names_have_no_artist() -> None:
    path = b"Some Ballads CD/Track 02.mp3"
    assert song_names(path, "Unknown Artist", "Track 02", "") == ("", "Track 02")
    assert song_names(path, "ABBA", "Track 02", "") == ("ABBA", "")


def test_long_or_odd_names_are_bounded() -> None:
    for name in ("-" * 10_000, " - " * 3_000, "(" * 10_000, "é" * 10_000, ".", "["):
        artist, title = song_names(os.fsencode(name), name, name, name)
        assert max(len(artist), len(title)) <= 300


@pytest.mark.parametrize(
    "name",
    ["Queen-Innuendo", "Queen: Innuendo", "Innuendo by Queen", "Innuendo - Queen",
     "Queen - Innuendo - Innuendo", "Queen, David Bowie - Innuendo lyrics", "Queen - Innuendo HD",
     "Queen Official - Innuendo (From 'A Film')", "Rock/Queen/Albums/1991 - Innuendo/01 Innuendo"],
)  # fmt: skip
def test_other_readings_are_for_the_look_up(name: str) -> None:
    candidates = name_candidates(os.fsencode(f"{name}.mp3"), [], "", "")
    assert song_key("Queen", "Innuendo") in {song_key(*names) for names in candidates}
