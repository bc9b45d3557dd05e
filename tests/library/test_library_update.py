"""Conversion of libraries of format 1."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from musicalface.errors import LibraryError
from musicalface.library import open_library
from musicalface.library.library_schema import _TABLES
from musicalface.mood import Mood
from musicalface.songs.catalog_schema import INDEXES
from tests.audio_files import mp3
from tests.conftest import SONG

_MOODS = {
    "sad.mp3": (0.1, 0.1, 0.2, 0.6, "sad", 0.6, "relaxed", 0.2, "lyrics"),
    "heard.mp3": (0.1, 0.7, 0.1, 0.1, "happy", 0.7, "angry", 0.1, "listeners"),
    "mine.mp3": (1, 0, 0, 0, "angry", 1, "happy", 0, "person"),
    "unknown.mp3": (None,) * 9,
}


def format_1(path: Path, music: Path) -> None:
    """Writes a library as the first format had it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.executescript(f"{_TABLES}; {'; '.join(INDEXES)}; PRAGMA user_version = 1")
        old.executescript("DROP INDEX songs_by_mood; DROP INDEX songs_between")
        old.executescript("ALTER TABLE songs DROP COLUMN deezer_id")
        old.executescript("ALTER TABLE songs DROP COLUMN known")
        old.executescript("CREATE INDEX songs_by_mood ON songs (mood, sureness)")
        old.executescript("CREATE INDEX songs_between ON songs (mood, second)")
        old.execute("INSERT INTO folders VALUES (1, ?, 4)", (str(music).encode(),))
        for number, (name, moods) in enumerate(_MOODS.items(), start=1):
            values = (number, 1, name.encode(), 4, "9:9 - -", f"a|{number}", "A", str(number))
            places = ", ".join("?" * 18)
            old.execute(f"INSERT INTO songs VALUES ({places})", (*values, *moods, ""))
        old.execute("INSERT INTO said VALUES ('a|3', 1, 'angry')")


def test_moods_are_kept(home: Path, music: Path) -> None:
    format_1(home / "library.sqlite", music)
    with open_library() as library:
        assert len(library) == 4
        listed = {s.file.name: (s.evidence, s.why) for m in Mood for s in library.list_songs(m)}
        assert listed == {
            "sad.mp3": ("lyrics", "sad lyrics"),
            "heard.mp3": ("listeners", "listeners tag it as happy"),
            "mine.mp3": ("person", "you marked it as angry"),
        }
        assert library.count_due() == 4
    with open_library() as library:
        assert len(library) == 4


def test_the_next_scan_reads_all_files_and_keeps_manual_moods(home: Path, music: Path) -> None:
    for number, name in enumerate(_MOODS, start=1):
        mp3(music / name, "A", str(number), SONG.read_text())
    format_1(home / "library.sqlite", music)
    with open_library() as library:
        assert [scan.read for scan in library.rescan()] == [4]
        (mine,) = library.list_songs(Mood.ANGRY)
        assert mine.evidence == "person"
        library.set_mood(mine.file, None)
        assert len(list(library.list_songs(Mood.SAD))) == 4
        assert [scan.read for scan in library.rescan()] == [0]


def test_an_update_that_fails_changes_nothing(home: Path, music: Path) -> None:
    path = home / "library.sqlite"
    format_1(path, music)
    with closing(sqlite3.connect(path)) as old:
        old.execute("CREATE TABLE settings (x)")  # in the way
    with pytest.raises(LibraryError, match="is damaged"):
        open_library()
    with closing(sqlite3.connect(path)) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (1,)
        assert old.execute("SELECT count(*) FROM songs").fetchone() == (4,)
        assert (
            old.execute("SELECT name FROM sqlite_master WHERE name = 'evidence'").fetchall() == []
        )
