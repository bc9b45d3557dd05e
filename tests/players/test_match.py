"""Which track is the song: artist and title are facts, the ids are made up."""

import pytest

from musicalface.mood import MoodScores
from musicalface.players.spotify.match import best, likeness, plain
from musicalface.players.spotify.things import Track
from musicalface.songs import Song

MOODS = MoodScores.of((0.1, 0.7, 0.1, 0.1))


def song(artist: str, title: str) -> Song:
    return Song(artist, title, MOODS)


def track(artists: str, title: str, album: str = "", number: int = 0) -> Track:
    return Track(f"id{number}", title, tuple(artists.split(" / ")), album)


@pytest.mark.parametrize(
    ("artist", "title", "artists", "found"),
    [
        ("Beyoncé", "Halo", "Beyonce", "HALO"),
        ("The Beatles", "Help!", "Beatles", "Help! - Remastered 2009"),
        ("David Bowie", "Heroes", "David Bowie", "\"Heroes\" - 2017 Remaster"),
        ("Simon & Garfunkel", "America", "Simon and Garfunkel", "America"),
        ("Prince And The Revolution", "Kiss", "Prince / The Revolution", "Kiss"),
        ("Bob Marley & The Wailers", "Jamming", "Bob Marley", "Jamming"),
        ("Rihanna", "Umbrella", "Rihanna / JAY-Z", "Umbrella (feat. JAY-Z)"),
        ("Jay-Z", "99 Problems", "JAY Z", "99 Problems"),
        ("Live", "Lightning Crashes", "Live", "Lightning Crashes"),
        ("Paul McCartney", "Live and Let Die", "Paul McCartney / Wings", "Live And Let Die"),
        ("Bruce Springsteen", "Cover Me", "Bruce Springsteen", "Cover Me"),
        ("Don't", "Can’t Stop", "Dont", "Can't Stop"),
        ("Blur", "Song 2", "Blur", "Song 2 - 2012 Remaster"),
        ("Kino", "Группа крови", "Kino", "Группа Крови"),
        ("Ike & Tina Turner", "Proud Mary", "Ike & Tina Turner", "Proud Mary - Single Version"),
        ("Kansas", "Dust in the Wind (Live)", "Kansas", "Dust in the Wind - Live"),
        ("Eminem", "Lose Yourself", "Eminem", 'Lose Yourself - From "8 Mile" Soundtrack'),
        ("Survivor", "Eye of the Tiger", "Survivor", 'Eye of the Tiger (From "Rocky III")'),
        ("Blur", "Tender", "Blur", "Tender - Remastered '09"),
        ("!!!", "Heart of Hearts", "!!!", "Heart Of Hearts"),
        ("Queen", "Bohemian Rhapsody", "Queen", "Bohemian Rhapsody - 2011 Mix"),
    ],
)  # fmt: skip
def test_the_same_song(artist: str, title: str, artists: str, found: str) -> None:
    assert likeness(song(artist, title), track(artists, found)) > 70


@pytest.mark.parametrize(
    ("artist", "title", "artists", "found"),
    [
        ("Queen", "Bohemian Rhapsody", "Queen", "Bohemian Rhapsody - Live Aid"),
        ("Queen", "Bohemian Rhapsody", "Karaoke Universe", "Bohemian Rhapsody"),
        ("Queen", "Bohemian Rhapsody", "Queen", "Bohemian Rhapsody (Karaoke Version)"),
        ("Queen", "Bohemian Rhapsody", "Queen Tribute Band", "Bohemian Rhapsody"),
        ("Adele", "Hello", "Adele", "Hell"),
        ("Adele", "Hello", "Adele", "Hello - En Vivo"),
        ("Adele", "Hello", "Adele", "Hello (Versión Acústica)"),
        ("Adele", "Hello", "Adele", "Hello (In Concert)"),
        ("Adele", "Hello", "Adele", "Hello - Remixed"),
        ("Adele", "Hello", "Adele", "Hello (Re-Recorded)"),
        ("Adele", "Hello", "Adele", "Hello (Workout Version)"),
        ("Adele", "Hello", "Adele", "Hello (Spanish Version)"),
        ("Adele", "Hello", "Adele", "Hello (8D Audio)"),
        ("Adele", "Hello", "Adele", "Hello (Chopped & Screwed)"),
        ("Adele", "Hello", "Lionel Richie", "Hello"),
        ("Adele", "Hello", "Adele", "Hello (sped up)"),
        ("Adele", "Hello", "Adele", "Hello - Slowed + Reverb"),
        ("Adele", "Hello", "Adele", "Hello (Instrumental)"),
        ("Adele", "Hello", "Adele", "Hello (as made famous by Adele)"),
        ("Adele", "Hello", "Adele", "Hello - Acoustic"),
        ("Daft Punk", "Get Lucky", "Daft Punk", "Get Lucky (Daft Punk Remix)"),
        ("Pink Floyd", "Another Brick in the Wall, Pt. 2", "Pink Floyd",
         "Another Brick in the Wall, Pt. 1"),
        ("Pink Floyd", "Echoes, Part II", "Pink Floyd", "Echoes, Part 3"),
        ("Blur", "Song 2", "Blur", "Song 3"),
        ("Nirvana", "About a Girl", "Nirvana", "About a Girl - MTV Unplugged"),
        ("Oasis", "Live Forever", "Oasis", "Live Forever - Live at Knebworth"),
        ("Adele", "Hello", "Adele", "Hello - Dance Mix"),
        ("Adele", "Hello", "Adele", "Hello (DJ Foo Rework)"),
        ("", "", "", ""),
        ("!!!", "???", "!!!", "..."),
    ],
)  # fmt: skip
def test_another_song_or_another_version(artist: str, title: str, artists: str, found: str) -> None:
    assert likeness(song(artist, title), track(artists, found)) == 0


def test_the_likest_is_taken_and_of_equals_the_first() -> None:
    found = [
        track("Queen", "Bohemian Rhapsody - Live Aid", number=1),
        track("Queen", "Bohemian Rhapsody", "Live at Wembley", number=2),
        track("Queen", "Bohemian Rhapsody - Remastered 2011", number=3),
        track("Queen", "Bohemian Rhapsody", number=4),
    ]
    wanted = song("Queen", "Bohemian Rhapsody")
    assert best(wanted, found) == found[2]
    assert best(wanted, found[:2]) == found[1]
    assert best(wanted, found[:1]) is None
    assert best(wanted, []) is None


def test_plain_words() -> None:
    assert plain("Sigur Rós – Sæglópur (feat. Nobody)") == "sigur ros sæglopur"
    assert plain("Rock & Roll - 2007 Remaster") == "rock and roll"


def test_the_album_of_a_concert_is_another_version() -> None:
    wanted = song("Eagles", "Hotel California")
    assert likeness(wanted, track("Eagles", "Hotel California", "Hell Freezes Over (Live)")) == 0
    assert likeness(wanted, track("Eagles", "Hotel California", "Hotel California")) > 90
