"""The folders of a library: added, named and forgotten."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError
from .store import Store

# What was said of a song that another folder has too is said of it there.
_HAND_ON = """
UPDATE said SET folder = (SELECT folder FROM songs WHERE key = said.key AND folder <> ?1)
WHERE folder = ?1 AND EXISTS (SELECT 1 FROM songs WHERE key = said.key AND folder <> ?1)
"""


@dataclass(frozen=True)
class Root:
    """A folder that was added, by its number."""

    id: int
    path: Path

    @property
    def name(self) -> bytes:
        """The path as the system has it, in whatever encoding."""
        return os.fsencode(self.path)


def roots(store: Store) -> list[Root]:
    """All folders, in the order in which they were added."""
    rows = store.ask("SELECT id, path FROM folders ORDER BY id")
    return [Root(int(number), Path(os.fsdecode(path))) for number, path in rows]


def add(store: Store, paths: Iterable[Path]) -> list[Root]:
    """Add folders, all or none; one that is there already stays.

    Raises InputError for what is no folder, and for one inside or around another.
    """
    asked = [_folder(path) for path in paths]
    with store.step() as connection:
        for path in asked:
            _refuse_overlap(path, roots(store))
            query = "INSERT OR IGNORE INTO folders (path) VALUES (?)"
            connection.execute(query, (os.fsencode(path),))
    return named(store, asked)


def named(store: Store, paths: Iterable[Path]) -> list[Root]:
    """The folders of these paths, each once; raises InputError for one that was not added."""
    known = {root.path: root for root in roots(store)}
    asked = list(dict.fromkeys(map(resolved, paths)))
    for path in asked:
        if path not in known:
            raise InputError(
                f"{path} is no folder of your library: musicalface library list names them."
            )
    return [known[path] for path in asked]


def forget(store: Store, path: Path) -> int:
    """Forget a folder, its songs and what was said of them; gives how many songs.

    No file is touched. Raises InputError for a folder that was not added.
    """
    (root,) = named(store, [path])
    with store.step() as connection:
        query = "SELECT count(*) FROM songs WHERE folder = ?"
        songs = int(connection.execute(query, (root.id,)).fetchone()[0])
        connection.execute(_HAND_ON, (root.id,))
        connection.execute("DELETE FROM folders WHERE id = ?", (root.id,))
    return songs


def resolved(path: Path) -> Path:
    """The absolute path without links; unlike pathlib's it takes links that lead in a circle."""
    return Path(os.path.realpath(path))


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise InputError(f"There is no folder {path}.")
    if not os.access(path, os.R_OK | os.X_OK):
        raise InputError(f"{path} cannot be read: see to it that you may read it.")
    return resolved(path)


def _refuse_overlap(path: Path, others: Iterable[Root]) -> None:
    for other in others:
        if other.path in path.parents:
            raise InputError(
                f"{path} lies in {other.path}, which is in your library: "
                "musicalface library rescan reads that again."
            )
        if path in other.path.parents:
            raise InputError(
                f"{path} holds {other.path}, which is in your library: remove that first."
            )
