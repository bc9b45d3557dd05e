"""The catalog's tables, and their two indexes."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ..identity import song_key
from ..mood import MOODS, MoodScores
from .song import Song

FORMAT = 3
"""PRAGMA user_version of a catalog; a newer one is refused."""

TABLES = """
CREATE TABLE songs (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    artist TEXT NOT NULL,
    title TEXT NOT NULL,
    angry REAL NOT NULL,
    happy REAL NOT NULL,
    relaxed REAL NOT NULL,
    sad REAL NOT NULL,
    mood TEXT NOT NULL,
    sureness REAL NOT NULL,
    second TEXT NOT NULL,
    second_sureness REAL NOT NULL,
    evidence TEXT NOT NULL,
    spotify_id TEXT NOT NULL
);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
INDEXES = (
    "CREATE INDEX songs_by_mood ON songs (mood, sureness DESC, second_sureness, key, spotify_id)",
    "CREATE INDEX songs_between ON songs "
    "(mood, second, second_sureness DESC, sureness, key, spotify_id)",
)
"""Each holds all that its query reads, so that a draw from ten million songs touches no song."""

_INSERT = "INSERT OR IGNORE INTO songs VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def create(path: Path) -> sqlite3.Connection:
    """A new, empty catalog; for the caller to fill, `finish` and close.

    It is written aside and renamed when whole, so it needs no journal of its own.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    connection.executescript(f"BEGIN; {TABLES}")
    return connection


def insert(connection: sqlite3.Connection, songs: Iterable[Song]) -> int:
    """Add songs; one whose key is there already is left out. Gives how many were added."""
    before = connection.total_changes
    connection.executemany(_INSERT, map(_row, songs))
    return connection.total_changes - before


def finish(
    connection: sqlite3.Connection, facts: Mapping[str, str], last: Sequence[str] = ()
) -> None:
    """Say how the catalog was made, and index; then run the statements `last`. All or nothing."""
    if not connection.in_transaction:
        connection.execute("BEGIN")
    connection.executemany("INSERT INTO facts VALUES (?, ?)", facts.items())
    for statement in (*INDEXES, f"PRAGMA user_version = {FORMAT}", *last):
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.execute("ANALYZE")


def songs_of(rows: Iterable[sqlite3.Row]) -> Iterator[Song]:
    """Rows of the table as songs; raises TypeError or ValueError for what cannot be one."""
    for row in rows:
        moods = MoodScores.of(row[mood.value] for mood in MOODS)
        if not isinstance(row["artist"], str) or not isinstance(row["title"], str):
            raise TypeError("a name that is no text")
        yield Song(row["artist"], row["title"], moods, row["evidence"], row["spotify_id"])


def _row(song: Song) -> tuple[object, ...]:
    return (
        song_key(song.artist, song.title),
        song.artist,
        song.title,
        *standing(song.moods),
        song.evidence,
        song.spotify_id,
    )


def standing(moods: MoodScores) -> tuple[object, ...]:
    """The eight columns from `angry` to `second_sureness`: what the indexes are made of."""
    shares = moods.as_dict()
    mood, second = sorted(MOODS, key=lambda mood: -shares[mood])[:2]
    return (*shares.values(), mood.value, shares[mood], second.value, shares[second])
