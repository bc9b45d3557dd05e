"""Scanning a folder: only what has changed is read, and a scan that was ended goes on."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeGuard, TypeVar

from ..errors import LibraryError
from ..songs import open_catalog
from ..workers import in_order
from .folders import Root
from .read import Entry, read_files
from .rows import put
from .store import Store
from .walk import Found, Unread, walk, why

BATCH = 64
"""Files that are read, and written, together: what a kill loses of each worker."""

_LOOKED_UP = 512
Progress = Callable[[int], None]
Item = TypeVar("Item")


@dataclass(frozen=True)
class Scan:
    """What a scan found; a folder that is `absent`, for that reason, has kept its songs."""

    folder: Path
    read: int = 0
    unchanged: int = 0
    gone: int = 0
    absent: str = ""


def scan(
    store: Store,
    root: Root,
    *,
    anew: bool = False,
    workers: int | None = None,
    progress: Progress = lambda more: None,
) -> Scan:
    """Read the files of a folder that are new or changed, and forget those that are gone.

    `anew` reads all. `workers` is how many processes read (None: one a core).
    `progress` is told how many more files are done. Raises LibraryError, and what
    `read_files` raises; what was read until then is kept.
    """
    if absent := _why_absent(store, root):
        return Scan(root.path, absent=absent)
    with open_catalog() as catalog:
        make = partial(_reader, root.name, catalog.path)
    under_way = _Scanning(store, root, anew, progress)
    batches = _batches(under_way.changed(), BATCH)
    for entries in in_order(batches, make, workers, died=LibraryError):
        under_way.keep(entries)
    if absent := _why_absent(store, root):  # the disk went while it was read
        under_way.take_back()
        return Scan(root.path, under_way.read, under_way.unchanged, absent=absent)
    return Scan(root.path, under_way.read, under_way.unchanged, under_way.finish())


class _Scanning:
    """One walk through a folder; what it meets gets its number."""

    def __init__(self, store: Store, root: Root, anew: bool, progress: Progress) -> None:
        self._store, self._root, self._anew, self._progress = store, root, anew, progress
        self.read = self.unchanged = 0
        with store.step() as connection:
            connection.execute("UPDATE folders SET scan = scan + 1 WHERE id = ?", (root.id,))
            query = "SELECT scan FROM folders WHERE id = ?"
            self._number = int(connection.execute(query, (root.id,)).fetchone()[0])

    def changed(self) -> Iterator[Found]:
        """The files that must be read."""
        for some in _batches(walk(self._root.name), _LOOKED_UP):
            with self._store.step():
                changed = [each for each in some if self._is_new(each)]
            self._progress(len(some) - len(changed))
            yield from changed

    def keep(self, entries: Sequence[Entry | Unread]) -> None:
        """Write what was read, all or nothing."""
        with self._store.step():
            for entry in entries:
                self._put(entry)
        self.read += sum(isinstance(entry, Entry) for entry in entries)
        self._progress(len(entries))

    def take_back(self) -> None:
        """Songs that were known stay, and could not be read because nothing could."""
        query = """DELETE FROM unread WHERE folder = ? AND scan = ? AND path IN
            (SELECT path FROM songs WHERE songs.folder = unread.folder)"""
        with self._store.step() as connection:
            connection.execute(query, (self._root.id, self._number))

    def finish(self) -> int:
        """Forget what was not met, but for what lies in folders that cannot be listed."""
        here = (self._root.id, self._number)
        with self._store.step() as connection:
            query = "SELECT path FROM unread WHERE folder = ? AND scan = ? AND is_folder"
            for (folder,) in connection.execute(query, here).fetchall():
                self._spare(folder)
            connection.execute("DELETE FROM unread WHERE folder = ? AND scan <> ?", here)
            query = """DELETE FROM songs WHERE folder = ? AND path IN
                (SELECT path FROM unread WHERE unread.folder = songs.folder)"""
            connection.execute(query, here[:1])
            query = "DELETE FROM songs WHERE folder = ? AND scan <> ?"
            return connection.execute(query, here).rowcount

    def _is_new(self, each: Found | Unread) -> TypeGuard[Found]:
        """Whether a file must be read; what is known, or cannot be, is noted."""
        if isinstance(each, Unread):
            self._put(each)
            return False
        if not self._anew and self._is_met(each):
            self.unchanged += 1
            return False
        return True

    def _is_met(self, found: Found) -> bool:
        query = "UPDATE songs SET scan = ? WHERE folder = ? AND path = ? AND state = ?"
        values = (self._number, self._root.id, found.path, found.state)
        return bool(self._store.connection.execute(query, values).rowcount)

    def _put(self, entry: Entry | Unread) -> None:
        put(self._store.connection, self._root, self._number, entry)

    def _spare(self, folder: bytes) -> None:
        values = (self._number, self._root.id, *_bounds(folder))
        for query in (
            "UPDATE songs SET scan = ? WHERE folder = ? AND path >= ? AND path < ?",
            "UPDATE unread SET scan = ? WHERE folder = ? AND path >= ? AND path < ?",
        ):
            self._store.connection.execute(query, values)


def _bounds(folder: bytes) -> tuple[bytes, bytes]:
    """All paths below a folder are from the first to before the second."""
    first = os.path.join(folder, b"")
    return first, folder + bytes([ord(os.sep) + 1]) if folder else b"\xff" * 256


def _why_absent(store: Store, root: Root) -> str:
    """A folder that is empty, and was not, is the place of a disk that is not connected."""
    try:
        with os.scandir(root.name) as entries:
            hidden = (entry.name.startswith(b".") for entry in entries)
            if not all(hidden) or not _has_songs(store, root):
                return ""
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        return f"cannot be read ({why(error)})"
    return "is not there (a disk that is not connected?)"


def _has_songs(store: Store, root: Root) -> bool:
    return bool(list(store.ask("SELECT 1 FROM songs WHERE folder = ? LIMIT 1", root.id)))


def _reader(root: bytes, catalog: Path) -> Callable[[list[Found]], list[Entry | Unread]]:
    return partial(read_files, root, catalog)


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
