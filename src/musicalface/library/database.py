"""The library's SQLite database: transactions, queries, and a lock against concurrent scans."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ..data_directory import create_private
from ..errors import LibraryError
from .library_schema import CREATE, FORMAT, UPDATE
from .song_key_update import has_old_keys, update_keys

_BUSY_TIMEOUT = 5.0  # seconds; a scan holds its write lock only briefly
_BUSY = "Another MusicalFace is {}. Wait until it's done."
_LOCK_SUFFIXES = {"scanning": ".lock", "listening": ".listening.lock"}
_BUSY_CODES = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_WRITE_ERROR_CODES = (
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
)


class LibraryDatabase:
    """An open library database, private to the user (0600); created if it is missing.

    Raises LibraryError if it is damaged, unwritable, or from a newer MusicalFace.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = self._open(path, _BUSY_TIMEOUT)
        try:
            self._prepare()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            self.connection.close()
            raise self.as_error(error) from None
        except BaseException:
            self.connection.close()
            raise

    def close(self) -> None:
        """Closes the database."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Runs the block in a transaction; rolls back on an error. Raises LibraryError."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self.as_error(error) from None

    def query(self, query: str, *values: object) -> Iterator[sqlite3.Row]:
        """Yields the rows of a query one at a time. Raises LibraryError."""
        try:
            for row in self.connection.execute(query, values):  # noqa: UP028
                yield row  # `yield from` would close the cursor after the connection
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self.as_error(error) from None

    @contextmanager
    def exclusive(self, activity: str = "scanning") -> Iterator[None]:
        """Locks the library against the same activity ("scanning", "listening") elsewhere.

        Raises LibraryError if another process or thread holds the lock. The lock ends with the
        process, even after a kill.
        """
        with closing(self._lock(activity)):
            # After a power failure, the next scan repeats what was lost.
            self.connection.execute("PRAGMA synchronous = NORMAL")
            try:
                yield
            finally:
                self.connection.execute("PRAGMA synchronous = FULL")

    def as_error(self, error: Exception) -> LibraryError:
        """Returns the LibraryError for a database error."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in _BUSY_CODES:
            return LibraryError(_BUSY.format("scanning"))
        if code in _WRITE_ERROR_CODES:
            return LibraryError(
                f"Can't write the library {self.path} ({error}). Free some disk space, "
                "or set MUSICALFACE_HOME to another folder."
            )
        return LibraryError(
            f"The library {self.path} is damaged ({error}). "
            "Move it away and add your folders again."
        )

    def _prepare(self) -> None:
        self.connection.row_factory = sqlite3.Row
        version = self.connection.execute("PRAGMA user_version").fetchone()[0]
        if version > FORMAT:
            raise LibraryError(
                f"The library {self.path} was made by a newer MusicalFace. Update MusicalFace."
            )
        # With WAL, readers are not blocked while a scan writes.
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA foreign_keys = ON")
        if version < FORMAT:
            self._create_or_update()
        if has_old_keys(self.connection):
            with self.transaction() as connection:
                if has_old_keys(connection):  # another process may just have done it
                    update_keys(connection)

    def _open(self, path: Path, wait: float) -> sqlite3.Connection:
        try:
            create_private(path)
            return sqlite3.connect(path, timeout=wait, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(
                f"Can't open the library {path} ({error}). Make its folder writable, "
                "or set MUSICALFACE_HOME to another folder."
            ) from None

    def _lock(self, activity: str) -> sqlite3.Connection:
        path = self.path.with_suffix(_LOCK_SUFFIXES[activity])
        connection = self._open(path, wait=0)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            connection.close()
            code = error.sqlite_errorcode & 0xFF
            if code in _BUSY_CODES:
                raise LibraryError(_BUSY.format(activity)) from None
            if code not in _WRITE_ERROR_CODES:
                raise LibraryError(f"{path} is damaged. Delete it; it contains no data.") from None
            raise self.as_error(error) from None
        return connection

    def _create_or_update(self) -> None:
        """Creates the tables, or converts an older format, all or nothing."""
        with self.transaction() as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version < FORMAT:  # another process may just have done it
                for statement in UPDATE if version else CREATE:
                    connection.execute(statement)

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")
