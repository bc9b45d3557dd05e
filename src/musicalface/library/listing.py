"""Library listings: folders with their counts, songs, and unreadable files."""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..mood import MOODS, EvidenceKind, Mood, MoodScores
from .database import LibraryDatabase
from .library_folders import Root, list_roots
from .mood_fusion import explain
from .song_rows import read_evidence

# The index songs_by_mood provides this order.
_SONGS_QUERY = """
SELECT songs.*, folders.path AS root FROM songs JOIN folders ON folders.id = songs.folder
WHERE mood IS ? ORDER BY sureness DESC LIMIT ?
"""
_SONG_QUERY = """
SELECT songs.*, folders.path AS root FROM songs JOIN folders ON folders.id = songs.folder
WHERE songs.id = ?
"""
_UNREADABLE_QUERY = """
SELECT folders.path AS root, unread.path AS path, reason
FROM unread JOIN folders ON folders.id = unread.folder ORDER BY reason, unread.path
"""

_UNHEARD_QUERY = """
SELECT folders.path AS root, songs.path AS path, problem FROM listening
JOIN songs ON songs.id = listening.song JOIN folders ON folders.id = songs.folder
WHERE problem <> '' ORDER BY problem, songs.path
"""


@dataclass(frozen=True)
class Folder:
    """A folder of the library: its songs by mood, and its unreadable files by reason."""

    path: Path
    moods: dict[Mood, int]
    unknown: int  # songs of unknown mood
    unread: dict[str, int]

    @property
    def songs(self) -> int:
        """The number of songs."""
        return sum(self.moods.values()) + self.unknown


@dataclass(frozen=True)
class ListedSong:
    """A song of the library; `moods` and `evidence` are None if its mood is unknown."""

    artist: str
    title: str
    moods: MoodScores | None
    evidence: EvidenceKind | None
    spotify_id: str
    file: Path
    why: str = ""  # what its mood is based on
    number: int = 0  # its row id


def list_folders(database: LibraryDatabase) -> list[Folder]:
    """Returns the folders with their counts, in insertion order. Raises LibraryError."""
    return [_folder(database, root) for root in list_roots(database)]


def list_songs(database: LibraryDatabase, mood: Mood | None, limit: int) -> Iterator[ListedSong]:
    """Yields the songs of a mood (None: unknown mood), most confident first; -1 is no limit."""
    return (
        _to_song(database, row) for row in database.query(_SONGS_QUERY, mood and mood.value, limit)
    )


def get_song(database: LibraryDatabase, number: int) -> ListedSong:
    """Returns a song by its row id."""
    (row,) = database.query(_SONG_QUERY, number)
    return _to_song(database, row)


def list_unreadable(database: LibraryDatabase) -> Iterator[tuple[Path, str]]:
    """Yields the unreadable files and folders, each with the reason."""
    return ((_file(row), str(row["reason"])) for row in database.query(_UNREADABLE_QUERY))


def list_unheard(database: LibraryDatabase) -> Iterator[tuple[Path, str]]:
    """Yields the songs whose sound can't be read, each with the reason."""
    return ((_file(row), str(row["problem"])) for row in database.query(_UNHEARD_QUERY))


def _folder(database: LibraryDatabase, root: Root) -> Folder:
    query = "SELECT mood, count(*) FROM songs WHERE folder = ? GROUP BY mood"
    counts = {mood: int(count) for mood, count in database.query(query, root.id)}
    query = "SELECT reason, count(*) FROM unread WHERE folder = ? GROUP BY reason"
    unread = {str(reason): int(count) for reason, count in database.query(query, root.id)}
    moods = {mood: counts.get(mood.value, 0) for mood in MOODS}
    return Folder(root.path, moods, counts.get(None, 0), unread)


def _to_song(database: LibraryDatabase, row: sqlite3.Row) -> ListedSong:
    try:
        moods = MoodScores.of(row[mood.value] for mood in MOODS) if row["mood"] else None
        names = str(row["artist"]), str(row["title"])
        why = explain(read_evidence(database.connection, row["id"]))
        file = _file(row)
        return ListedSong(
            *names, moods, row["evidence"], row["spotify_id"], file, why, int(row["id"])
        )
    except (sqlite3.Error, TypeError, ValueError) as error:
        raise database.as_error(error) from None


def _file(row: sqlite3.Row) -> Path:
    return Path(os.fsdecode(os.path.join(row["root"], row["path"])))
