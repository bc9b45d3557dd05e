"""Recently played history: songs chosen in the last seven days, in the user's directory."""

import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ..data_directory import CLOCK_TOLERANCE, create_private, damaged_name
from ..identity import KEY_FORM, song_key
from ..settings import home
from ..text_folding import fold
from .song import Song

FILE_NAME = "history.sqlite"
RECENT_SECONDS = 7 * 24 * 3600.0
"""Seconds during which a song counts as recently chosen."""

_BUSY_TIMEOUT = 0.5  # seconds
_DAMAGED = (sqlite3.Error, UnicodeDecodeError)  # SQLite's message may not be UTF-8
_TABLE = """
CREATE TABLE IF NOT EXISTS heard (key TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS heard_at ON heard (at);
"""
_ADD = "INSERT INTO heard VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET at = excluded.at"


class History:
    """Song keys with the time at which they were chosen; a context manager.

    The file is private (0600) and covers one week. The history is optional: if the file
    cannot be read or written, the history is empty. A damaged file is set aside.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or home() / FILE_NAME
        self._connection: sqlite3.Connection | None = None
        with suppress(OSError, *_DAMAGED):
            self._connection = _open(self.path)

    def recent(self, now: float | None = None, seconds: float = RECENT_SECONDS) -> frozenset[str]:
        """Returns the keys of the songs of the last seven days, or of the last `seconds`.

        `now` is in seconds since 1970.
        """
        at = time.time() if now is None else now
        if self._connection:
            with suppress(*_DAMAGED):
                query = "SELECT key FROM heard WHERE at > ? AND at <= ?"
                rows = self._connection.execute(query, (at - seconds, at))
                return frozenset(key for (key,) in rows)
        return frozenset()

    def add(self, songs: Iterable[Song], now: float | None = None) -> None:
        """Adds songs, and deletes those older than a week."""
        at = time.time() if now is None else now
        rows = [(song_key(song.artist, song.title), at) for song in songs]
        if self._connection:
            with suppress(*_DAMAGED), self._connection:
                self._connection.executemany(_ADD, rows)
                delete_old = "DELETE FROM heard WHERE at <= ? OR at > ?"
                self._connection.execute(delete_old, (at - RECENT_SECONDS, at + CLOCK_TOLERANCE))

    def add_keys(self, changed: Iterable[tuple[str, str]]) -> None:
        """Adds a song's new key beside its old one, with the same time."""
        copy = "INSERT OR IGNORE INTO heard SELECT ?2, at FROM heard WHERE key = ?1"
        if self._connection:
            with suppress(*_DAMAGED), self._connection:
                self._connection.executemany(copy, changed)

    def forget(self, since: float) -> None:
        """Deletes the songs that were chosen since that time, in seconds since 1970."""
        if self._connection:
            with suppress(*_DAMAGED), self._connection:
                self._connection.execute("DELETE FROM heard WHERE at >= ?", (since,))

    def __enter__(self) -> "History":
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection:
            self._connection.close()


def _open(path: Path) -> sqlite3.Connection:
    create_private(path)
    try:
        return _connect(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # busy or read-only, not damaged
            raise
        path.replace(damaged_name(path))
        create_private(path)
        return _connect(path)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT)
    try:
        connection.executescript(_TABLE)
        connection.execute("PRAGMA quick_check").fetchall()
        _update_keys(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _update_keys(connection: sqlite3.Connection) -> None:
    """Folds keys of an older form again; a mark that a key has lost stays lost."""
    if connection.execute("PRAGMA user_version").fetchone()[0] >= KEY_FORM:
        return
    with connection:
        for key, at in connection.execute("SELECT key, at FROM heard").fetchall():
            if not key.isascii():
                connection.execute("INSERT OR IGNORE INTO heard VALUES (?, ?)", (fold(key), at))
        connection.execute(f"PRAGMA user_version = {KEY_FORM}")
