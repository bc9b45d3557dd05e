"""SQLite schema of the catalog: tables, indexes, and functions that write and read rows."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ..identity import song_key
from ..mood import MOODS, MoodScores
from .song import Song

FORMAT = 5
"""PRAGMA user_version of a catalog; the reader rejects newer versions."""

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
    spotify_id TEXT NOT NULL,
    deezer_id INTEGER NOT NULL,
    known INTEGER NOT NULL
);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
INDEXES = (
    "CREATE INDEX songs_by_mood ON songs "
    "(mood, sureness DESC, second_sureness, key, spotify_id, deezer_id, known)",
    "CREATE INDEX songs_between ON songs "
    "(mood, second, second_sureness DESC, sureness, key, spotify_id, deezer_id, known)",
)
"""Covering indexes: a query on ten million songs reads no row of the table itself."""

_TEXTS = ("artist", "title", "evidence", "spotify_id")
_INSERT = "INSERT OR IGNORE INTO songs VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def create(path: Path) -> sqlite3.Connection:
    """Creates an empty catalog; the caller fills it, calls `finish` and closes it.

    Uses no journal, because the caller writes to a temporary file and renames it.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    connection.executescript(f"BEGIN; {TABLES}")
    return connection


def insert(connection: sqlite3.Connection, songs: Iterable[Song]) -> int:
    """Adds songs; skips those whose key exists. Returns the number of songs added."""
    before = connection.total_changes
    connection.executemany(_INSERT, map(_row, songs))
    return connection.total_changes - before


def finish(
    connection: sqlite3.Connection, facts: Mapping[str, str], last: Sequence[str] = ()
) -> None:
    """Writes the facts, creates the indexes and runs the statements `last`, in one transaction."""
    if not connection.in_transaction:
        connection.execute("BEGIN")
    connection.executemany("INSERT INTO facts VALUES (?, ?)", facts.items())
    for statement in (*INDEXES, f"PRAGMA user_version = {FORMAT}", *last):
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.execute("ANALYZE")


def songs_of(rows: Iterable[sqlite3.Row]) -> Iterator[Song]:
    """Yields rows of the table as songs. Raises TypeError or ValueError if a row is invalid."""
    for row in rows:
        moods = MoodScores.of(row[mood.value] for mood in MOODS)
        if not all(isinstance(row[name], str) for name in _TEXTS):
            raise TypeError("a name isn't text")
        numbers = {name: row[name] for name in ("deezer_id", "known")}
        if not all(isinstance(number, int) for number in numbers.values()):
            raise TypeError("an id isn't a number")
        names = row["artist"], row["title"]
        yield Song(*names, moods, row["evidence"], row["spotify_id"], **numbers)


def _row(song: Song) -> tuple[object, ...]:
    return (
        song_key(song.artist, song.title),
        song.artist,
        song.title,
        *mood_columns(song.moods),
        song.evidence,
        song.spotify_id,
        song.deezer_id,
        song.known,
    )


def mood_columns(moods: MoodScores) -> tuple[object, ...]:
    """Returns the values of the eight columns from `angry` to `second_sureness`."""
    shares = moods.as_dict()
    mood, second = sorted(shares, key=shares.__getitem__, reverse=True)[:2]
    return (*shares.values(), mood, shares[mood], second, shares[second])
