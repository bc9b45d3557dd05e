"""Resumable build: a catalog in progress, in a locked file next to the output."""

import os
import sqlite3
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from ..data_directory import make_folder_of, resolved
from ..errors import CatalogError, InputError
from ..files import fsync_file
from . import catalog_schema
from .mood_scoring import ScoredBatch

_TABLES = """
CREATE TABLE unfinished (plan TEXT NOT NULL, rows INTEGER NOT NULL);
CREATE TABLE told (reason TEXT PRIMARY KEY, count INTEGER NOT NULL);
"""
_COUNT = "INSERT INTO told VALUES (?, ?) ON CONFLICT (reason) DO UPDATE SET count = count + ?"


class ResumableBuild:
    """A catalog in progress; a context manager. `out` is unchanged until `finish` replaces it.

    Opened again with the same plan after a kill, it continues after the last saved row.
    Raises InputError if `out` is not a file, and CatalogError if another build is writing
    `out` or the disk is full.
    """

    def __init__(self, out: Path, plan: str) -> None:
        self.out = resolved(out)
        if self.out.exists() and not self.out.is_file():
            raise InputError(f"{self.out} isn't a file. Choose another output file.")
        self.path = self.out.with_name(f".{self.out.name}.building")
        make_folder_of(self.out)
        self._connection = self._open(plan)

    @property
    def rows(self) -> int:
        """The number of table rows that are done."""
        return int(self._connection.execute("SELECT rows FROM unfinished").fetchone()[0])

    @property
    def counts(self) -> Counter[str]:
        """The number of songs added and of rows left out, by reason."""
        query = "SELECT reason, count FROM told ORDER BY rowid"
        return Counter(dict(self._connection.execute(query).fetchall()))

    def add(self, batch: ScoredBatch) -> None:
        """Adds songs and counts skipped rows, in one transaction."""
        connection = self._connection
        connection.execute("BEGIN")
        added = catalog_schema.insert(connection, batch.songs)
        counts = {"added": added, "already there": len(batch.songs) - added}
        for reason, count in (counts | batch.skipped).items():
            if count:
                connection.execute(_COUNT, (reason, count, count))
        connection.execute("UPDATE unfinished SET rows = rows + ?", (batch.rows,))
        connection.execute("COMMIT")

    def finish(self, facts: Mapping[str, str]) -> None:
        """Creates the indexes and moves the catalog to `out`."""
        catalog_schema.finish(self._connection, facts, ("DROP TABLE unfinished", "DROP TABLE told"))
        self._connection.execute("PRAGMA journal_mode = DELETE")
        if os.name == "nt":  # Windows cannot rename an open file
            self._connection.close()
        fsync_file(self.path)
        # Rename while the file is locked, so that no other build opens it.
        self.path.replace(self.out)
        self._connection.close()

    def discard(self) -> None:
        """Closes and deletes the unfinished catalog."""
        self._connection.close()
        _remove(self.path)

    def __enter__(self) -> "ResumableBuild":
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
                f"The partial build of {self.out} is damaged ({error}). Run the same command "
                "again to start over."
            ) from None
        if isinstance(error, sqlite3.Error):
            raise CatalogError(
                f"Can't write {self.out} ({error}). It is unchanged; run the same command again "
                "to resume."
            ) from None

    def _open(self, plan: str) -> sqlite3.Connection:
        try:
            connection = _open_locked(self.path)
            if _stored_plan(connection) == plan:
                return connection
            connection.close()
            _remove(self.path)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise CatalogError(
                    f"Another build is writing {self.out}. Wait for it, or choose another file."
                ) from None
            raise _unwritable(self.out, error) from None
        except sqlite3.DatabaseError:  # damaged: start over
            _remove(self.path)
        try:
            return _initialize(_open_locked(self.path), plan)
        except sqlite3.Error as error:
            raise _unwritable(self.out, error) from None


def _unwritable(out: Path, error: sqlite3.Error) -> CatalogError:
    return CatalogError(
        f"Can't write {out} ({error}). Check the folder's permissions and disk space."
    )


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _open_locked(path: Path) -> sqlite3.Connection:
    """Opens a database that only this process can use; replaces a symbolic link."""
    if path.is_symlink():
        path.unlink()
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -200000")  # 200 MB, because keys are unsorted
        connection.executescript("BEGIN IMMEDIATE; COMMIT")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _stored_plan(connection: sqlite3.Connection) -> str | None:
    tables = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'unfinished'")
    if not tables.fetchone()[0]:
        return None
    row = connection.execute("SELECT plan FROM unfinished").fetchone()
    return str(row[0]) if row else None


def _initialize(connection: sqlite3.Connection, plan: str) -> sqlite3.Connection:
    connection.executescript(f"BEGIN; {catalog_schema.TABLES} {_TABLES}")
    connection.execute("INSERT INTO unfinished VALUES (?, 0)", (plan,))
    connection.execute("COMMIT")
    return connection


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
