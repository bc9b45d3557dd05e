"""A catalog that is being built: beside its place, kept through a kill, and one build's alone."""

import os
import sqlite3
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from ..errors import CatalogError, InputError
from ..files import sync
from . import schema
from .score import Scored

_TABLES = """
CREATE TABLE unfinished (plan TEXT NOT NULL, rows INTEGER NOT NULL);
CREATE TABLE told (reason TEXT PRIMARY KEY, count INTEGER NOT NULL);
"""
_TELL = "INSERT INTO told VALUES (?, ?) ON CONFLICT (reason) DO UPDATE SET count = count + ?"


class Unfinished:
    """A context manager; `finish` puts the catalog in its place, which is as it was until then.

    Opened again with the same plan after a kill, it knows how many rows are done.
    Raises InputError when the place is none for a file, CatalogError when another
    build is writing there, and when the disk is full.
    """

    def __init__(self, out: Path, plan: str) -> None:
        self.out = out.resolve()
        if self.out.exists() and not self.out.is_file():
            raise InputError(f"{self.out} is no file that can be written: name another.")
        self.path = self.out.with_name(f".{self.out.name}.building")
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self._connection = self._opened(plan)

    @property
    def rows(self) -> int:
        """How many rows of the tables are done."""
        return int(self._connection.execute("SELECT rows FROM unfinished").fetchone()[0])

    @property
    def told(self) -> Counter[str]:
        """How many songs were added and how many rows left out, by reason."""
        query = "SELECT reason, count FROM told ORDER BY rowid"
        return Counter(dict(self._connection.execute(query).fetchall()))

    def add(self, batch: Scored) -> None:
        """Add songs and count what was left out, both or neither."""
        connection = self._connection
        connection.execute("BEGIN")
        added = schema.insert(connection, batch.songs)
        known = {"added": added, "already there": len(batch.songs) - added}
        for reason, count in (known | batch.told).items():
            if count:
                connection.execute(_TELL, (reason, count, count))
        connection.execute("UPDATE unfinished SET rows = rows + ?", (batch.rows,))
        connection.execute("COMMIT")

    def finish(self, facts: Mapping[str, str]) -> None:
        """Index it, and put it in its place."""
        schema.finish(self._connection, facts, ("DROP TABLE unfinished", "DROP TABLE told"))
        self._connection.execute("PRAGMA journal_mode = DELETE")
        if os.name == "nt":  # an open file cannot be renamed there
            self._connection.close()
        sync(self.path)
        self.path.replace(
            self.out
        )  # while it is locked: another build must not take it for its own
        self._connection.close()

    def discard(self) -> None:
        """Leave nothing behind."""
        self._connection.close()
        _remove(self.path)

    def __enter__(self) -> "Unfinished":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()
        if isinstance(error, sqlite3.DatabaseError) and _is_damage(error):
            _remove(self.path)
            raise CatalogError(
                f"The beginning of {self.out} is damaged ({error}): the same command starts anew."
            ) from None
        if isinstance(error, sqlite3.Error):
            raise CatalogError(
                f"{self.out} cannot be written ({error}): it is as it was, and the same "
                "command goes on where it stopped."
            ) from None

    def _opened(self, plan: str) -> sqlite3.Connection:
        try:
            connection = _locked(self.path)
            if _plan(connection) == plan:
                return connection
            connection.close()
            _remove(self.path)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise CatalogError(
                    f"Another build is writing {self.out}: wait for it, or name another file."
                ) from None
            raise CatalogError(f"{self.out} cannot be written ({error}).") from None
        except sqlite3.DatabaseError:  # damaged: begin anew
            _remove(self.path)
        try:
            return _begun(_locked(self.path), plan)
        except sqlite3.Error as error:
            raise CatalogError(f"{self.out} cannot be written ({error}).") from None


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _locked(path: Path) -> sqlite3.Connection:
    """Open for this process alone."""
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -200000")  # 200 MB: keys come in no order
        connection.executescript("BEGIN IMMEDIATE; COMMIT")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _plan(connection: sqlite3.Connection) -> str | None:
    known = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'unfinished'")
    if not known.fetchone()[0]:
        return None
    found = connection.execute("SELECT plan FROM unfinished").fetchone()
    return str(found[0]) if found else None


def _begun(connection: sqlite3.Connection, plan: str) -> sqlite3.Connection:
    connection.executescript(f"BEGIN; {schema.TABLES} {_TABLES}")
    connection.execute("INSERT INTO unfinished VALUES (?, 0)", (plan,))
    connection.execute("COMMIT")
    return connection


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
