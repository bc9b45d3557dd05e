"""What was chosen lately, in the person's directory, so that it is not chosen again."""

import os
import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ..identity import song_key
from ..settings import home
from .song import Song

FILE = "history.sqlite"
LATELY = 7 * 24 * 3600.0
"""Seconds for which a song is not chosen again."""

_WAIT = 0.5
_TABLE = """
CREATE TABLE IF NOT EXISTS heard (key TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS heard_at ON heard (at);
"""
_ADD = "INSERT INTO heard VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET at = excluded.at"


class History:
    """Songs by key and when they were chosen; a context manager.

    The file is the person's alone (0600) and holds no more than a week. It is a
    comfort and no condition: where it cannot be read or written, nothing was
    heard. A damaged one is kept beside, under another name.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or home() / FILE
        self._connection: sqlite3.Connection | None = None
        with suppress(OSError, sqlite3.Error):
            self._connection = _opened(self.path)

    def lately(self, now: float | None = None) -> frozenset[str]:
        """The keys of the songs of the last seven days; `now` is seconds since 1970."""
        at = time.time() if now is None else now
        if self._connection:
            with suppress(sqlite3.Error):
                query = "SELECT key FROM heard WHERE at > ? AND at <= ?"
                rows = self._connection.execute(query, (at - LATELY, at))
                return frozenset(key for (key,) in rows)
        return frozenset()

    def add(self, songs: Iterable[Song], now: float | None = None) -> None:
        """Remember songs, and forget those of more than a week ago."""
        at = time.time() if now is None else now
        rows = [(song_key(song.artist, song.title), at) for song in songs]
        if self._connection:
            with suppress(sqlite3.Error), self._connection:
                self._connection.executemany(_ADD, rows)
                old = "DELETE FROM heard WHERE at <= ? OR at > ?"  # or of a clock that was ahead
                self._connection.execute(old, (at - LATELY, at))

    def forget(self, since: float) -> None:
        """Forget the songs that were chosen since then, in seconds since 1970."""
        if self._connection:
            with suppress(sqlite3.Error), self._connection:
                self._connection.execute("DELETE FROM heard WHERE at >= ?", (since,))

    def __enter__(self) -> "History":
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection:
            self._connection.close()


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    try:
        return _connected(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # busy, or not to be written: not damaged
            raise
        path.replace(path.with_suffix(".damaged"))
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_WAIT)
    try:
        connection.executescript(_TABLE)
        connection.execute("PRAGMA quick_check").fetchall()
    except sqlite3.Error:
        connection.close()
        raise
    return connection
