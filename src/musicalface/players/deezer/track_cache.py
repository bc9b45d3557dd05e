"""Cache of song facts from Deezer, with expiry; `erase` deletes it.

It never contains preview URLs. The file shows which songs were displayed recently, so only
its owner can read it, and "Disconnect and delete data" deletes it.
"""

import os
import sqlite3
import time
from contextlib import suppress
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from ...data_directory import CLOCK_TOLERANCE
from ...settings import home
from ...songs.song import Song
from .hosts import is_cover
from .matching import normalize
from .tracks import Facts

DAY = 24 * 3600.0
FOUND_LIFETIME, NOT_FOUND_LIFETIME = 7 * DAY, DAY
"""Seconds until the facts of a song, or the entry of a missing song, expire."""

_WAIT = 2.0  # seconds
_SCHEMA = """
CREATE TABLE IF NOT EXISTS songs (
    key TEXT PRIMARY KEY, number INTEGER NOT NULL, artist TEXT NOT NULL, title TEXT NOT NULL,
    seconds INTEGER NOT NULL, cover TEXT NOT NULL, large_cover TEXT NOT NULL, at REAL NOT NULL
) WITHOUT ROWID
"""
_DELETE_EXPIRED = """
DELETE FROM songs WHERE at NOT BETWEEN ? - CASE number WHEN 0 THEN ? ELSE ? END AND ?
"""
_FIND = "SELECT at, number, artist, title, seconds, cover, large_cover FROM songs WHERE key = ?"
_FIND_NUMBER = "SELECT at, number, cover FROM songs WHERE number = ? AND number > 0"
_ADD = "INSERT OR REPLACE INTO songs VALUES (?, ?, ?, ?, ?, ?, ?, ?)"

MISSING = Facts(0, "", "", 0, "", "")
"""The value for a song that Deezer does not have."""


def deezer_folder() -> Path:
    """The folder for all data from Deezer."""
    return home() / "deezer"


def erase() -> None:
    """Deletes all data from Deezer; raises OSError if that fails."""
    for file in list(deezer_folder().glob("*")):
        file.unlink(missing_ok=True)
    with suppress(OSError):  # a running look-up has written a file
        deezer_folder().rmdir()


def cache_key(song: Song) -> str:
    """The cache key: equal for spellings of a song, different for its live version."""
    return f"{normalize(song.artist)}|{normalize(song.title)}"


class FactsCache:
    """SQLite cache as a context manager, open during one look-up.

    Without read or write access nothing is cached. A damaged file is replaced.
    """

    def __init__(self) -> None:
        self._connection: sqlite3.Connection | None = None
        with suppress(OSError, sqlite3.Error):
            self._connection = _open(deezer_folder() / "facts.sqlite")

    def get(self, song: Song) -> Facts | None:
        """The cached facts; MISSING if Deezer does not have the song, None if unknown."""
        found = self._find(_FIND, cache_key(song))
        return _checked(Facts(*found[0][1:])) if found else None

    def cover(self, number: int) -> str:
        """The cached URL of the cover of a track by its Deezer id, or empty."""
        found = self._find(_FIND_NUMBER, number)
        return next((cover for _, _, cover in found if is_cover(cover)), "")

    def put(self, song: Song, facts: Facts) -> None:
        """Stores the facts of a song, or MISSING, and deletes expired entries."""
        now = time.time()
        limits = (now, NOT_FOUND_LIFETIME, FOUND_LIFETIME, now + CLOCK_TOLERANCE)
        if self._connection:
            with suppress(sqlite3.Error), self._connection:
                self._connection.execute(_DELETE_EXPIRED, limits)
                self._connection.execute(_ADD, (cache_key(song), *astuple(facts), now))

    def __enter__(self) -> "FactsCache":
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection:
            self._connection.close()

    def _find(self, statement: str, value: object) -> list[tuple[Any, ...]]:
        if self._connection:
            with suppress(sqlite3.Error):
                rows = self._connection.execute(statement, (value,)).fetchall()
                return [row for row in rows if _is_valid(*row[:2])]
        return []


def _is_valid(at: float, number: int) -> bool:
    age = time.time() - at
    return -CLOCK_TOLERANCE <= age <= (FOUND_LIFETIME if number else NOT_FOUND_LIFETIME)


def _checked(facts: Facts) -> Facts:
    """Drops covers on hosts that the current settings do not allow."""
    cover, large = facts.cover, facts.large_cover
    return replace(
        facts, cover=cover if is_cover(cover) else "", large_cover=large if is_cover(large) else ""
    )


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, timeout=_WAIT)
    try:
        # A slow disk's syncs would delay songs. After a power failure the file may be damaged:
        # then it is replaced.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(_SCHEMA)
    except sqlite3.DatabaseError as error:
        connection.close()
        if isinstance(error, sqlite3.OperationalError):  # locked or not writable
            raise
        path.unlink()
        return _open(path)
    return connection
