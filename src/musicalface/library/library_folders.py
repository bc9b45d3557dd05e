"""The folders of a library: adds, finds and removes them."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError
from .database import LibraryDatabase

# A mood set by hand moves to another folder that has the same song.
_REASSIGN_MOODS = """
UPDATE said SET folder = (SELECT folder FROM songs WHERE key = said.key AND folder <> ?1)
WHERE folder = ?1 AND EXISTS (SELECT 1 FROM songs WHERE key = said.key AND folder <> ?1)
"""


@dataclass(frozen=True)
class Root:
    """A folder of the library, with its row id."""

    id: int
    path: Path

    @property
    def name(self) -> bytes:
        """The path as bytes, in the file system's encoding."""
        return os.fsencode(self.path)


def list_roots(database: LibraryDatabase) -> list[Root]:
    """Returns all folders, in the order in which they were added."""
    rows = database.query("SELECT id, path FROM folders ORDER BY id")
    return [Root(int(number), Path(os.fsdecode(path))) for number, path in rows]


def add(database: LibraryDatabase, paths: Iterable[Path]) -> list[Root]:
    """Adds all folders or none; keeps those that are already in the library.

    Raises InputError if a path is not a readable folder, or lies inside or around another.
    """
    resolved = [_check_folder(path) for path in paths]
    with database.transaction() as connection:
        for path in resolved:
            _check_overlap(path, list_roots(database))
            query = "INSERT OR IGNORE INTO folders (path) VALUES (?)"
            connection.execute(query, (os.fsencode(path),))
    return find_roots(database, resolved)


def find_roots(database: LibraryDatabase, paths: Iterable[Path]) -> list[Root]:
    """Returns the folders of these paths, each once. Raises InputError if one was not added."""
    roots = {root.path: root for root in list_roots(database)}
    resolved = list(dict.fromkeys(map(resolve_path, paths)))
    for path in resolved:
        if path not in roots:
            raise InputError(
                f"{path} isn't in your library. musicalface library list shows your folders."
            )
    return [roots[path] for path in resolved]


def remove(database: LibraryDatabase, path: Path) -> int:
    """Removes a folder, its songs and their manual moods. Returns the number of songs.

    Leaves the files alone. Raises InputError if the folder was not added.
    """
    (root,) = find_roots(database, [path])
    with database.transaction() as connection:
        query = "SELECT count(*) FROM songs WHERE folder = ?"
        songs = int(connection.execute(query, (root.id,)).fetchone()[0])
        connection.execute(_REASSIGN_MOODS, (root.id,))
        connection.execute("DELETE FROM folders WHERE id = ?", (root.id,))
    return songs


def resolve_path(path: Path) -> Path:
    """Returns the absolute path without links; unlike pathlib, accepts circular links."""
    return Path(os.path.realpath(path))


def _check_folder(path: Path) -> Path:
    if not path.is_dir():
        raise InputError(f"{path} doesn't exist or isn't a folder.")
    if not os.access(path, os.R_OK | os.X_OK):
        raise InputError(f"{path} can't be read. Check its permissions.")
    return resolve_path(path)


def _check_overlap(path: Path, others: Iterable[Root]) -> None:
    for other in others:
        if other.path in path.parents:
            raise InputError(
                f"{path} is inside {other.path}, which is already in your library. "
                "musicalface library rescan scans it again."
            )
        if path in other.path.parents:
            raise InputError(
                f"{path} contains {other.path}, which is already in your library. "
                f"Remove {other.path} first."
            )
