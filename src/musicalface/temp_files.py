"""Temporary files and folders, locked while in use; removes those of killed processes.

The system releases the lock (flock) when the process ends, also after a kill. Windows has no
flock, but it refuses to delete an open file.
"""

import os
import re
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

if sys.platform != "win32":
    import fcntl

PART, BUILDING = ".part", ".building"
ABANDONED = 7 * 24 * 3600.0
"""Seconds without a write after which a killed catalog build is removed instead of continued."""

_ANY_NAME = ".+"
_SIDE_FILES = ("-wal", "-shm", "-journal")


@contextmanager
def held_file(path: Path, mode: int = 0o666) -> Iterator[Path]:
    """Context manager: a new, empty, locked file next to `path`; removed at the end."""
    aside, handle = _new_file(path, mode)
    try:
        yield aside
    finally:
        _release(handle)
        aside.unlink(missing_ok=True)


@contextmanager
def held_folder(path: Path) -> Iterator[Path]:
    """Context manager: a new, empty, locked folder next to `path`; removed at the end."""
    aside = _beside(path, BUILDING)
    aside.mkdir(parents=True)
    handle = _lock(aside)
    try:
        yield aside
    finally:
        _release(handle)
        shutil.rmtree(aside, ignore_errors=True)


def sweep(folder: Path, name: str | None = None) -> None:
    """Removes temporary files of killed processes, of the file `name` or of all; never raises."""
    pattern = re.compile(
        rf"\.({re.escape(name) if name else _ANY_NAME})\.[0-9a-f]{{8,32}}({PART}|{BUILDING})",
        re.DOTALL,
    )
    for path in _listed(folder):
        if pattern.fullmatch(path.name):
            _remove_unless_held(path)
        elif name is None and path.name.startswith(".") and path.name.endswith(BUILDING):
            _remove_if_abandoned(path)


def _new_file(path: Path, mode: int) -> tuple[Path, int | None]:
    while True:
        aside = _beside(path, PART)
        os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
        handle = _lock(aside)
        if aside.exists():
            return aside, handle
        _release(handle)  # another process removed it before it was locked


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(f".{path.name}.{uuid4().hex[:8]}{suffix}")


def _listed(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return [Path(entry.path) for entry in entries if not entry.is_symlink()]
    except OSError:
        return []


def _remove_unless_held(path: Path) -> None:
    handle = _lock(path)
    try:
        if handle is None and sys.platform != "win32":
            return
        with suppress(OSError):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    finally:
        _release(handle)


def _lock(path: Path) -> int | None:
    """A file descriptor that holds the lock; None if another process holds it or locking fails."""
    if sys.platform == "win32":
        return None
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _release(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)


def _remove_if_abandoned(path: Path) -> None:
    """Removes a killed build if it is old and no process has its database locked (by SQLite)."""
    with suppress(OSError, sqlite3.Error):
        if time.time() - path.stat().st_mtime < ABANDONED:
            return
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
        for suffix in ("", *_SIDE_FILES):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
