"""Incremental folder scan: reads new and changed files only; resumes after an interruption."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeGuard, TypeVar

from ..errors import LibraryError
from ..process_pool import map_in_order
from ..songs import open_catalog
from .database import LibraryDatabase
from .directory_walk import AudioFile, UnreadablePath, os_error_reason, walk_audio_files
from .exclusions import exclusion_test
from .library_folders import Root
from .song_reader import Entry, read_files
from .song_rows import write_entry

BATCH = 64
"""Files that are read and written together; a kill loses at most one batch per worker."""

_LOOKUP_BATCH = 512
Progress = Callable[[int], None]
Item = TypeVar("Item")


@dataclass(frozen=True)
class ScanResult:
    """Counts of a scan. `absent` is why the folder was missing; its songs are then kept."""

    folder: Path
    read: int = 0
    unchanged: int = 0
    gone: int = 0
    absent: str = ""


def scan_folder(
    database: LibraryDatabase,
    root: Root,
    *,
    force: bool = False,
    workers: int | None = None,
    progress: Progress = lambda more: None,
) -> ScanResult:
    """Reads the new and changed files of a folder, and removes the songs of missing files.

    `force` reads all files. `workers` is the number of processes (None: one per core).
    `progress` receives the number of files done since the last call. Raises LibraryError and
    the errors of `read_files`; finished batches are kept.
    """
    if absent := _absence_reason(database, root):
        return ScanResult(root.path, absent=absent)
    with open_catalog() as catalog:
        make = partial(_reader, root.name, catalog.path)
    folder_scan = _FolderScan(database, root, force, progress)
    batches = _batches(folder_scan.changed(), BATCH)
    for entries in map_in_order(batches, make, workers, worker_error=LibraryError):
        folder_scan.save(entries)
    if absent := _absence_reason(database, root):  # the disk was removed during the scan
        folder_scan.revert_unreadable()
        return ScanResult(root.path, folder_scan.read, folder_scan.unchanged, absent=absent)
    return ScanResult(root.path, folder_scan.read, folder_scan.unchanged, folder_scan.finish())


class _FolderScan:
    """One walk through a folder; marks what it finds with the number of the scan."""

    def __init__(
        self, database: LibraryDatabase, root: Root, force: bool, progress: Progress
    ) -> None:
        self._database, self._root, self._force, self._progress = database, root, force, progress
        self.read = self.unchanged = 0
        with database.transaction() as connection:
            connection.execute("UPDATE folders SET scan = scan + 1 WHERE id = ?", (root.id,))
            query = "SELECT scan FROM folders WHERE id = ?"
            self._number = int(connection.execute(query, (root.id,)).fetchone()[0])

    def changed(self) -> Iterator[AudioFile]:
        """Yields the files that are new or changed."""
        for batch in _batches(
            walk_audio_files(self._root.name, exclusion_test(self._database)), _LOOKUP_BATCH
        ):
            with self._database.transaction():
                changed = [item for item in batch if self._must_read(item)]
            self._progress(len(batch) - len(changed))
            yield from changed

    def save(self, entries: Sequence[Entry | UnreadablePath]) -> None:
        """Writes a batch of entries in one transaction."""
        with self._database.transaction():
            for entry in entries:
                self._put(entry)
        self.read += sum(isinstance(entry, Entry) for entry in entries)
        self._progress(len(entries))

    def revert_unreadable(self) -> None:
        """Deletes this scan's unreadable files that have songs: the folder was missing."""
        query = """DELETE FROM unread WHERE folder = ? AND scan = ? AND path IN
            (SELECT path FROM songs WHERE songs.folder = unread.folder)"""
        with self._database.transaction() as connection:
            connection.execute(query, (self._root.id, self._number))

    def finish(self) -> int:
        """Deletes what the scan did not find, except below unreadable folders.

        Returns the number of songs deleted.
        """
        here = (self._root.id, self._number)
        with self._database.transaction() as connection:
            query = "SELECT path FROM unread WHERE folder = ? AND scan = ? AND is_folder"
            for (folder,) in connection.execute(query, here).fetchall():
                self._keep_below(folder)
            connection.execute("DELETE FROM unread WHERE folder = ? AND scan <> ?", here)
            query = """DELETE FROM songs WHERE folder = ? AND path IN
                (SELECT path FROM unread WHERE unread.folder = songs.folder)"""
            connection.execute(query, here[:1])
            query = "DELETE FROM songs WHERE folder = ? AND scan <> ?"
            return connection.execute(query, here).rowcount

    def _must_read(self, item: AudioFile | UnreadablePath) -> TypeGuard[AudioFile]:
        """True if a file must be read; records unchanged files and unreadable paths."""
        if isinstance(item, UnreadablePath):
            self._put(item)
            return False
        if not self._force and self._mark_unchanged(item):
            self.unchanged += 1
            return False
        return True

    def _mark_unchanged(self, file: AudioFile) -> bool:
        query = "UPDATE songs SET scan = ? WHERE folder = ? AND path = ? AND state = ?"
        values = (self._number, self._root.id, file.path, file.state)
        return bool(self._database.connection.execute(query, values).rowcount)

    def _put(self, entry: Entry | UnreadablePath) -> None:
        write_entry(self._database.connection, self._root, self._number, entry)

    def _keep_below(self, folder: bytes) -> None:
        values = (self._number, self._root.id, *_path_range(folder))
        for query in (
            "UPDATE songs SET scan = ? WHERE folder = ? AND path >= ? AND path < ?",
            "UPDATE unread SET scan = ? WHERE folder = ? AND path >= ? AND path < ?",
        ):
            self._database.connection.execute(query, values)


def _path_range(folder: bytes) -> tuple[bytes, bytes]:
    """Returns the range of all paths below a folder: start (inclusive) and end (exclusive)."""
    first = os.path.join(folder, b"")
    return first, folder + bytes([ord(os.sep) + 1]) if folder else b"\xff" * 256


def _absence_reason(database: LibraryDatabase, root: Root) -> str:
    """Returns why the folder is missing, else an empty text.

    A folder that had songs and is now empty counts as the mount point of a disconnected disk.
    """
    try:
        with os.scandir(root.name) as entries:
            hidden = (entry.name.startswith(b".") for entry in entries)
            if not all(hidden) or not _has_songs(database, root):
                return ""
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        return f"can't be read ({os_error_reason(error)})"
    return "is missing (is a disk disconnected?)"


def _has_songs(database: LibraryDatabase, root: Root) -> bool:
    return bool(list(database.query("SELECT 1 FROM songs WHERE folder = ? LIMIT 1", root.id)))


def _reader(
    root: bytes, catalog: Path
) -> Callable[[list[AudioFile]], list[Entry | UnreadablePath]]:
    return partial(read_files, root, catalog)


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
