"""The library's file: opened, written in whole steps, and one scan's at a time."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ..errors import LibraryError
from .schema import CREATE, FORMAT

_WAIT = 5.0  # seconds: a scan writes for a moment at a time
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_NOT_WRITTEN = (
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
)


class Store:
    """An open library file, made when it is missing; it is the person's alone (0600).

    Raises LibraryError when it is damaged, of a newer MusicalFace, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = self._opened(path, _WAIT)
        try:
            self._prepare()
        except sqlite3.Error as error:
            self.connection.close()
            raise self.told(error) from None
        except BaseException:
            self.connection.close()
            raise

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()

    @contextmanager
    def step(self) -> Iterator[sqlite3.Connection]:
        """All that is written in the block, or nothing; raises LibraryError."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
        except sqlite3.Error as error:
            raise self.told(error) from None

    def ask(self, query: str, *values: object) -> Iterator[sqlite3.Row]:
        """The rows that answer, as they come; raises LibraryError."""
        try:
            for row in self.connection.execute(query, values):  # noqa: UP028
                yield row  # `yield from` would close the cursor after the connection
        except sqlite3.Error as error:
            raise self.told(error) from None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other process scans or forgets folders meanwhile; raises LibraryError when one does.

        The lock ends with the process, however it ends.
        """
        with closing(self._lock()):
            # What a scan loses when the power fails is read again by the next.
            self.connection.execute("PRAGMA synchronous = NORMAL")
            try:
                yield
            finally:
                self.connection.execute("PRAGMA synchronous = FULL")

    def told(self, error: Exception) -> LibraryError:
        """What is said of an error of the database."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in _BUSY:
            return LibraryError("Another musicalface is scanning: wait for it.")
        if code in _NOT_WRITTEN:
            return LibraryError(
                f"The library {self.path} cannot be written ({error}): free some space there, "
                "or set MUSICALFACE_HOME to another folder."
            )
        return LibraryError(
            f"The library {self.path} is damaged ({error}): move it away and add your "
            "folders again."
        )

    def _prepare(self) -> None:
        self.connection.row_factory = sqlite3.Row
        version = self.connection.execute("PRAGMA user_version").fetchone()[0]
        if version > FORMAT:
            raise LibraryError(
                f"The library {self.path} is of a newer MusicalFace: update this one."
            )
        # Readers go on while a scan writes.
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA foreign_keys = ON")
        if not version:
            self._create()

    def _opened(self, path: Path, wait: float) -> sqlite3.Connection:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            return sqlite3.connect(path, timeout=wait, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(
                f"The library {path} cannot be opened ({error}): make its folder writable, "
                "or set MUSICALFACE_HOME to another."
            ) from None

    def _lock(self) -> sqlite3.Connection:
        connection = self._opened(self.path.with_suffix(".lock"), wait=0)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            connection.close()
            if error.sqlite_errorcode & 0xFF not in (*_BUSY, *_NOT_WRITTEN):
                lock = self.path.with_suffix(".lock")
                raise LibraryError(f"{lock} is damaged: delete it; it holds nothing.") from None
            raise self.told(error) from None
        return connection

    def _create(self) -> None:
        """Of two processes that come at once, one makes the tables."""
        with self.step() as connection:
            if not connection.execute("PRAGMA user_version").fetchone()[0]:
                for statement in CREATE:
                    connection.execute(statement)

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")
