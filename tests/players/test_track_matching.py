"""Track matching, on real artists and titles with made-up ids."""

import pytest

from musicalface.mood import MoodScores
from musicalface.players.spotify.api_objects import Track
from musicalface.players.track_matching import best_match, normalize, similarity
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
        ("Paul Simon", "50 Ways to Leave", "Paul Simon", "Fifty Ways to Leave"),
        ("Cat Stevens", "Wild World", "Yusuf / Cat Stevens", "Wild World"),
        ("Snoop Doggy Dogg", "Gin and Juice", "Snoop Dogg", "Gin and Juice"),
        ("Kino", "Gruppa krovi", "КИНО", "Группа крови"),
        ("Utada Hikaru", "First Love", "Hikaru Utada", "First Love"),
        ("宇多田ヒカル", "First Love", "Hikaru Utada", "First Love"),
        ("REM", "Drive", "R.E.M.", "Drive"),
        ("Haddaway", "What Is Love", "Haddaway", 'What Is Love - 7" Mix'),
        ("Taylor Swift", "Love Story", "Taylor Swift", "Love Story (Taylor’s Version)"),
        ("Rolling Stones", "Satisfaction", "The Rolling Stones",
         "(I Can't Get No) Satisfaction - Mono Version"),
        ("Blue Öyster Cult", "Don't Fear the Reaper", "Blue Oyster Cult",
         "(Don't Fear) The Reaper"),
        ("Simple Minds", "Don't You", "Simple Minds", "Don't You (Forget About Me)"),
        ("Kate Bush", "Running Up That Hill", "Kate Bush",
         "Running Up That Hill (A Deal With God)"),
        ("Rihanna", "We Found Love", "Rihanna / Calvin Harris", "We Found Love"),
        ("Eurythmics", "Sweet Dreams", "Eurythmics / Annie Lennox / Dave Stewart",
         "Sweet Dreams - 2005 Remaster"),
        ("2Pac", "California Love", "2Pac / Dr. Dre", "California Love - Original Version"),
        ("Whitney Houston", "Run to You", "Whitney Houston",
         'Run to You (From "The Bodyguard" Soundtrack)'),
        ("Peter Frampton", "Show Me the Way", "Peter Frampton",
         "Show Me the Way - Live In The United States/1976"),
        ("Cher", "Believe (Club Remix)", "Cher", "Believe - Club Remix"),
        ("Eric Clapton", "Layla (Unplugged)", "Eric Clapton", "Layla - Live Unplugged"),
    ],
)  # fmt: skip
def test_the_same_song(artist: str, title: str, artists: str, found: str) -> None:
    assert similarity(song(artist, title), track(artists, found)) > 70


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
        ("Adele", "Hello", "Adele", "Hello - 8-Bit Version"),
        ("Adele", "Hello", "Adele", "Hello - A Cappella"),
        ("Adele", "Hello", "Adele", "Hello (Extended)"),
        ("Adele", "Hello", "Adele", "Hello (Alternate Take)"),
        ("Adele", "Hello", "Adele", "Hello - From The Royal Albert Hall"),
        ("Adele", "Hello", "Adele", "Hello (with Orchestra)"),
        ("Adele", "Hello", "Adele", "Hello (feat. Somebody) - Live"),
        ("Adele", "Hello", "Adele", "Hello (Versión en Español)"),
        ("Adele", "Hello", "Adele", "Hello - 432 Hz"),
        ("Adele", "Hello", "Adele", "Hello (カラオケ)"),
        ("Adele", "Hello", "Adele", "Hello (Something Nobody Knows)"),
        ("Adele", "Hello", "Adele / Boyce Avenue", "Hello"),
        ("Kansas", "Dust in the Wind (Live)", "Kansas", "Dust in the Wind"),
        ("Cher", "Believe (Club Remix)", "Cher", "Believe"),
        ("Cher", "Believe", "Cher Lloyd", "Believe"),
        ("Air", "Sexy Boy", "Air Supply", "Sexy Boy"),
        ("Prince", "Kiss", "Prince Royce", "Kiss"),
        ("Prince", "Kiss", "Princess", "Kiss"),
        ("गायक", "दिल", "गायक", "दाल"),
        ("Певец", "Мой", "Певец", "Мои"),
        ("Adele", "Hello", "Adele", "Hello (DJ Foo Rework)"),
        ("", "", "", ""),
        ("!!!", "???", "!!!", "..."),
    ],
)  # fmt: skip
def test_other_song_or_version_is_rejected(
    artist: str, title: str, artists: str, found: str
) -> None:
    assert similarity(song(artist, title), track(artists, found)) == 0


def test_best_match_wins_and_ties_keep_order() -> None:
    found = [
        track("Queen", "Bohemian Rhapsody - Live Aid", number=1),
        track("Queen", "Bohemian Rhapsody", "Live at Wembley", number=2),
        track("Queen", "Bohemian Rhapsody - Remastered 2011", number=3),
        track("Queen", "Bohemian Rhapsody", number=4),
    ]
    wanted = song("Queen", "Bohemian Rhapsody")
    assert best_match(wanted, found) == found[2]
    assert best_match(wanted, found[:2]) == found[1]
    assert best_match(wanted, found[:1]) is None
    assert best_match(wanted, []) is None


def test_normalize() -> None:
    assert normalize("Sigur Rós – Sæglópur (feat. Nobody)") == "sigur ros saeglopur"
    assert normalize("Rock & Roll - 2007 Remaster") == "rock and roll"
    assert normalize("दिल काला") == "दिल काला"


def test_live_album_is_another_version() -> None:
    wanted = song("Eagles", "Hotel California")
    assert similarity(wanted, track("Eagles", "Hotel California", "Hell Freezes Over (Live)")) == 0
    assert similarity(wanted, track("Eagles", "Hotel California", "Hotel California")) > 90
