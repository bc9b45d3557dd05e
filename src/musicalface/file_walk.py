"""Recursive folder listing that skips links, hidden names and the folders of recycle bins."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from .errors import InputError

DEEPEST = 100
"""Nested folders."""

MOST_FILES = 1_000_000

SYSTEM_FOLDERS = frozenset(
    {
        b"#recycle",
        b"#snapshot",
        b"$recycle.bin",
        b"@eadir",
        b"@recently-snapshot",
        b"@recycle",
        b"__macosx",
        b"lost+found",
        b"recycled",
        b"recycler",
        b"system volume information",
    }
)
"""Folders of deleted files, snapshots and thumbnails on network drives and other systems."""


class Met(NamedTuple):
    """A file found by `walk_folder`, or a folder that can't be listed (`entry` is None)."""

    path: bytes  # relative to the folder that is walked
    entry: "os.DirEntry[bytes] | None"
    error: OSError | None = None


def walk_folder(
    root: bytes, is_excluded: Callable[[bytes], bool] = lambda path: False
) -> Iterator[Met]:
    """Yields all entries below a folder except folders and links, in no particular order.

    Skips hidden names, SYSTEM_FOLDERS, and relative paths for which `is_excluded` is true. Never
    raises and keeps one folder open at a time. A folder that has been deleted is skipped;
    one that is nested too deeply has an OSError with errno 0.
    """
    pending = [(b"", 0)]
    while pending:
        folder, depth = pending.pop()
        if depth > DEEPEST:
            yield Met(folder, None, OSError(0, f"deeper than {DEEPEST} folders"))
            continue
        try:
            with os.scandir(os.path.join(root, folder)) as entries:
                for entry in entries:
                    path = os.path.join(folder, entry.name)
                    if _is_skipped(entry) or is_excluded(path):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        pending.append((path, depth + 1))
                    else:
                        yield Met(path, entry)
        except FileNotFoundError:
            continue
        except OSError as error:
            yield Met(folder, None, error)


def _is_skipped(entry: "os.DirEntry[bytes]") -> bool:
    is_system_folder = entry.name.lower() in SYSTEM_FOLDERS
    return entry.name.startswith(b".") or is_system_folder or entry.is_symlink()


def files_below(folder: Path) -> Iterator[Path]:
    """Yields the regular files below a folder, unordered; skips folders that can't be listed.

    Raises InputError if there are more than MOST_FILES.
    """
    count = 0
    for met in walk_folder(os.fsencode(folder)):
        if met.entry and met.entry.is_file(follow_symlinks=False):
            count += 1
            if count > MOST_FILES:
                raise InputError(
                    f"The folder {folder} has more than {MOST_FILES:,} files. Choose a subfolder."
                )
            yield folder / os.fsdecode(met.path)
