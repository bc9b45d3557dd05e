"""What a library holds, as it is told to the person."""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..mood import MOODS, Evidence, Mood, MoodScores
from .folders import Root, roots
from .store import Store

# The index of moods gives them in this order.
_LISTED = """
SELECT songs.*, folders.path AS root FROM songs JOIN folders ON folders.id = songs.folder
WHERE mood IS ? ORDER BY sureness DESC LIMIT ?
"""
_ONE = """
SELECT songs.*, folders.path AS root FROM songs JOIN folders ON folders.id = songs.folder
WHERE songs.id = ?
"""
_UNREAD = """
SELECT folders.path AS root, unread.path AS path, reason
FROM unread JOIN folders ON folders.id = unread.folder ORDER BY reason, unread.path
"""


@dataclass(frozen=True)
class Folder:
    """A folder of the library: its songs by mood, and how many files cannot be read, by reason."""

    path: Path
    moods: dict[Mood, int]
    unknown: int  # nobody knows their mood
    unread: dict[str, int]

    @property
    def songs(self) -> int:
        """How many songs there are."""
        return sum(self.moods.values()) + self.unknown


@dataclass(frozen=True)
class Listed:
    """A song of the library; where nobody knows its mood, `moods` and `evidence` are None."""

    artist: str
    title: str
    moods: MoodScores | None
    evidence: Evidence | None
    spotify_id: str
    file: Path


def folders_of(store: Store) -> list[Folder]:
    """What each folder holds, in the order in which they were added; raises LibraryError."""
    return [_folder(store, root) for root in roots(store)]


def songs_listed(store: Store, mood: Mood | None, limit: int) -> Iterator[Listed]:
    """The songs of a mood, or None: of unknown mood, the surest first; -1 is no limit."""
    return (_listed(store, row) for row in store.ask(_LISTED, mood and mood.value, limit))


def one_listed(store: Store, number: int) -> Listed:
    """The song of that number."""
    (row,) = store.ask(_ONE, number)
    return _listed(store, row)


def files_unread(store: Store) -> Iterator[tuple[Path, str]]:
    """The files and folders that cannot be read, and why."""
    return ((_file(row), str(row["reason"])) for row in store.ask(_UNREAD))


def _folder(store: Store, root: Root) -> Folder:
    query = "SELECT mood, count(*) FROM songs WHERE folder = ? GROUP BY mood"
    counts = {mood: int(count) for mood, count in store.ask(query, root.id)}
    query = "SELECT reason, count(*) FROM unread WHERE folder = ? GROUP BY reason"
    unread = {str(reason): int(count) for reason, count in store.ask(query, root.id)}
    moods = {mood: counts.get(mood.value, 0) for mood in MOODS}
    return Folder(root.path, moods, counts.get(None, 0), unread)


def _listed(store: Store, row: sqlite3.Row) -> Listed:
    try:
        moods = MoodScores.of(row[mood.value] for mood in MOODS) if row["mood"] else None
        names = str(row["artist"]), str(row["title"])
        return Listed(*names, moods, row["evidence"], row["spotify_id"], _file(row))
    except (TypeError, ValueError) as error:
        raise store.told(error) from None


def _file(row: sqlite3.Row) -> Path:
    return Path(os.fsdecode(os.path.join(row["root"], row["path"])))
