"""Cache of Spotify ids and liked songs, with expiry; `spotify logout` deletes it."""

import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ...data_directory import CLOCK_TOLERANCE, create_private
from .token_store import LATEST, spotify_folder

DAY = 24 * 3600.0
FOUND_LIFETIME, NOT_FOUND_LIFETIME, LIKED_LIFETIME = 30 * DAY, 7 * DAY, 7 * DAY
"""Seconds after which entries expire: found tracks, tracks not found, liked songs."""

_FILE = "found.sqlite"
_LOCK_TIMEOUT = 0.5  # seconds
_DAMAGED = (sqlite3.Error, UnicodeDecodeError)  # SQLite's message may not be UTF-8
_TABLES = """
CREATE TABLE IF NOT EXISTS found (key TEXT PRIMARY KEY, id TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS liked (key TEXT PRIMARY KEY, id TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_FORM = 2
"""PRAGMA user_version: the rules by which tracks were chosen, and the form of the keys."""

_DELETE_ALL = "DELETE FROM found; DELETE FROM liked; DELETE FROM facts WHERE name = 'liked';"
_DELETE_EXPIRED = (
    ("DELETE FROM found WHERE id <> '' AND at NOT BETWEEN ? AND ?", FOUND_LIFETIME),
    ("DELETE FROM found WHERE id = '' AND at NOT BETWEEN ? AND ?", NOT_FOUND_LIFETIME),
    ("DELETE FROM liked WHERE at NOT BETWEEN ? AND ?", LIKED_LIFETIME),
)


def clear() -> None:
    """Delete the cache, because another login or app may get other results."""
    with suppress(OSError):
        (spotify_folder() / _FILE).unlink(missing_ok=True)


class SearchCache:
    """An SQLite database of mode 0600; a context manager.

    The cache is optional: if it cannot be read or written, it stays empty, and a damaged
    one is created again.
    """

    def __init__(self) -> None:
        self._connection: sqlite3.Connection | None = None
        with suppress(OSError, *_DAMAGED):
            self._connection = _open(spotify_folder() / _FILE)
        for statement, age in _DELETE_EXPIRED:
            self._write(statement, (time.time() - age, time.time() + CLOCK_TOLERANCE))

    def track(self, key: str) -> str | None:
        """The Spotify id of a song, "" if Spotify does not have it, None if it is not cached."""
        found = self._read("SELECT id FROM found WHERE key = ?", (key,))
        return str(found[0][0]) if found else None

    def store_track(self, key: str, track_id: str) -> None:
        """Store the id of a song; "" if Spotify does not have it."""
        self._write("INSERT OR REPLACE INTO found VALUES (?, ?, ?)", (key, track_id, time.time()))

    def liked(self) -> dict[str, str]:
        """The ids of liked songs by `song_key`."""
        return {str(key): str(track) for key, track in self._read("SELECT key, id FROM liked")}

    def store_liked(self, songs: Iterable[tuple[str, str]], state: str) -> None:
        """Replace the liked songs (keys and ids); `state` identifies this version of them."""
        if not self._connection:
            return
        now = time.time()
        with suppress(*_DAMAGED), self._connection:
            self._connection.execute("DELETE FROM liked")
            rows = ((key, track, now) for key, track in songs)
            self._connection.executemany("INSERT OR IGNORE INTO liked VALUES (?, ?, ?)", rows)
            self._connection.execute("INSERT OR REPLACE INTO facts VALUES ('liked', ?)", (state,))

    @property
    def liked_state(self) -> str:
        """The `state` of the last `store_liked`, or ""."""
        found = self._read("SELECT value FROM facts WHERE name = 'liked'")
        return str(found[0][0]) if found else ""

    @property
    def quota_until(self) -> float:
        """When Spotify's quota resets, in seconds since 1970; 0 if it is not used up."""
        found = self._read("SELECT value FROM facts WHERE name = 'quota'")
        with suppress(ValueError, IndexError):
            until = float(str(found[0][0]))
            return until if 0 < until < LATEST else 0.0
        return 0.0

    @quota_until.setter
    def quota_until(self, until: float) -> None:
        self._write("INSERT OR REPLACE INTO facts VALUES ('quota', ?)", (str(until),))

    def __enter__(self) -> "SearchCache":
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection:
            self._connection.close()

    def _read(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        if self._connection:
            with suppress(*_DAMAGED):
                return self._connection.execute(query, values).fetchall()
        return []

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        if self._connection:
            with suppress(*_DAMAGED), self._connection:
                self._connection.execute(statement, values)


def _open(path: Path) -> sqlite3.Connection:
    create_private(path)
    connection = sqlite3.connect(path, timeout=_LOCK_TIMEOUT)
    try:
        connection.executescript(_TABLES)
        if connection.execute("PRAGMA user_version").fetchone()[0] != _FORM:
            connection.executescript(f"{_DELETE_ALL} PRAGMA user_version = {_FORM};")
    except sqlite3.DatabaseError as error:
        connection.close()
        if isinstance(error, sqlite3.OperationalError):  # locked or read-only
            raise
        path.unlink()
        return _open(path)
    return connection
