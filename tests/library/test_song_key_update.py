"""Libraries whose keys have an older form, without the marks of other scripts."""

import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path

from musicalface.library import open_library
from musicalface.library.library import FILE
from musicalface.mood import Mood
from tests.audio_files import mp3


def old_key(artist: str, title: str) -> str:
    names = (unicodedata.normalize("NFKD", name).casefold() for name in (artist, title))
    return "|".join("".join(filter(str.isalnum, name)) for name in names)


def make_old(home: Path, titles: dict[str, str] | None = None) -> None:
    """Gives a library the keys and titles that an older MusicalFace has stored."""
    with closing(sqlite3.connect(home / FILE)) as connection, connection:
        for number, key, artist, new in connection.execute(
            "SELECT id, key, artist, title FROM songs"
        ).fetchall():
            title = (titles or {}).get(new, new)
            old = old_key(artist, title)
            values = (old, title, number)
            connection.execute("UPDATE songs SET key = ?, title = ? WHERE id = ?", values)
            connection.execute("UPDATE OR REPLACE said SET key = ? WHERE key = ?", (old, key))
        connection.execute("PRAGMA application_id = 0")


def moods_by_hand(home: Path) -> dict[str, Mood | None]:
    """Opens the library, which updates it, scans it, and returns the moods by title."""
    with open_library(home / FILE) as library:
        library.rescan()
        songs = [song for mood in (None, *Mood) for song in library.list_songs(mood)]
    return {
        song.title: song.moods.mood if song.moods and song.evidence == "person" else None
        for song in songs
    }


def test_moods_set_by_hand_stay(home: Path, music: Path) -> None:
    titles = ["काला", "Мой", "はな", "Plain", "Other"]
    files = [mp3(music / f"{i}.mp3", "Somebody", title) for i, title in enumerate(titles)]
    with open_library() as library:
        library.add([music])
        for file, mood in zip(files, Mood, strict=False):
            library.set_mood(file, mood)
    expected = dict(zip(titles, [*Mood, None], strict=True))
    make_old(home)
    assert moods_by_hand(home) == expected
    assert moods_by_hand(home) == expected  # later scans change nothing


def test_songs_of_one_old_key_both_have_its_mood(home: Path, music: Path) -> None:
    files = [mp3(music / f"{title}.mp3", "गायक", title) for title in ("काला", "कल")]
    with open_library() as library:
        library.add([music])
        library.set_mood(files[0], Mood.SAD)
    make_old(home)
    with closing(sqlite3.connect(home / FILE)) as connection, connection:
        assert connection.execute("SELECT count(DISTINCT key) FROM songs").fetchone() == (1,)
    assert moods_by_hand(home) == {"काला": Mood.SAD, "कल": Mood.SAD}


def test_mood_stays_when_names_are_read_in_another_way(home: Path, music: Path) -> None:
    file = mp3(music / "Somebody - A Song (Official Video).mp3")
    with open_library() as library:
        library.add([music])
        library.set_mood(file, Mood.ANGRY)
    make_old(home, {"A Song": "A Song (Official Video)"})
    assert moods_by_hand(home) == {"A Song": Mood.ANGRY}
    with open_library() as library:
        library.set_mood(file, None)
    assert moods_by_hand(home) == {"A Song": None}
