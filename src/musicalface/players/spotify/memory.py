"""What Spotify said, kept for a limited time; `spotify logout` erases it."""

import os
import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from .login import folder

DAY = 24 * 3600.0
FOUND, NOT_FOUND, LIKED = 30 * DAY, 7 * DAY, 7 * DAY
"""Seconds after which a track that was found, one that was not, and a liked song are forgotten."""

_FILE = "found.sqlite"
_WAIT = 0.5
_TABLES = """
CREATE TABLE IF NOT EXISTS found (key TEXT PRIMARY KEY, id TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS liked (key TEXT PRIMARY KEY, id TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_FORGET = (
    ("DELETE FROM found WHERE id <> '' AND at NOT BETWEEN ? AND ?", FOUND),
    ("DELETE FROM found WHERE id = '' AND at NOT BETWEEN ? AND ?", NOT_FOUND),
    ("DELETE FROM liked WHERE at NOT BETWEEN ? AND ?", LIKED),
)


def forget() -> None:
    """Another login, and perhaps another app, has found nothing yet."""
    with suppress(OSError):
        (folder() / _FILE).unlink(missing_ok=True)


class Memory:
    """A small database of mode 0600; a context manager.

    It is a comfort and no condition: where it cannot be read or written, nothing is
    remembered, and a damaged one is made anew, for it holds nothing of the person's own.
    """

    def __init__(self) -> None:
        self._connection: sqlite3.Connection | None = None
        with suppress(OSError, sqlite3.Error):
            self._connection = _opened(folder() / _FILE)
        for statement, age in _FORGET:
            self._write(statement, (time.time() - age, time.time()))

    def track(self, key: str) -> str | None:
        """The id that a song has on Spotify, "" where it has none; None where nobody asked."""
        found = self._read("SELECT id FROM found WHERE key = ?", (key,))
        return str(found[0][0]) if found else None

    def remember_track(self, key: str, track_id: str) -> None:
        """Keep the id of a song; empty for one that Spotify does not have."""
        self._write("INSERT OR REPLACE INTO found VALUES (?, ?, ?)", (key, track_id, time.time()))

    def liked(self) -> dict[str, str]:
        """The ids of liked songs by `song_key`."""
        return {str(key): str(track) for key, track in self._read("SELECT key, id FROM liked")}

    def remember_liked(self, songs: Iterable[tuple[str, str]], state: str) -> None:
        """Keep all liked songs, keys and ids; `state` tells whether they are still the same."""
        if not self._connection:
            return
        now = time.time()
        with suppress(sqlite3.Error), self._connection:
            self._connection.execute("DELETE FROM liked")
            rows = ((key, track, now) for key, track in songs)
            self._connection.executemany("INSERT OR IGNORE INTO liked VALUES (?, ?, ?)", rows)
            self._connection.execute("INSERT OR REPLACE INTO facts VALUES ('liked', ?)", (state,))

    @property
    def liked_state(self) -> str:
        """What `remember_liked` was told."""
        found = self._read("SELECT value FROM facts WHERE name = 'liked'")
        return str(found[0][0]) if found else ""

    @property
    def quota_until(self) -> float:
        """When Spotify's quota is there again, in seconds since 1970."""
        found = self._read("SELECT value FROM facts WHERE name = 'quota'")
        with suppress(ValueError):
            return float(str(found[0][0])) if found else 0.0
        return 0.0

    @quota_until.setter
    def quota_until(self, until: float) -> None:
        self._write("INSERT OR REPLACE INTO facts VALUES ('quota', ?)", (str(until),))

    def __enter__(self) -> "Memory":
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection:
            self._connection.close()

    def _read(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        if self._connection:
            with suppress(sqlite3.Error):
                return self._connection.execute(query, values).fetchall()
        return []

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        if self._connection:
            with suppress(sqlite3.Error), self._connection:
                self._connection.execute(statement, values)


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, timeout=_WAIT)
    try:
        connection.executescript(_TABLES)
    except sqlite3.DatabaseError as error:
        connection.close()
        if isinstance(error, sqlite3.OperationalError):  # busy, or not to be written
            raise
        path.unlink()
        return _opened(path)
    return connection
