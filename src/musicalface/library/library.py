"""The user's music library: scans, lists, and sets moods; a store that songs are chosen from."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ..errors import LibraryError
from ..mood import MOODS, Mood
from ..settings import home
from ..songs import Song
from ..songs.candidates import Candidate, CandidateQueries
from ..songs.catalog_schema import songs_of
from . import exclusions, export, library_folders, library_settings
from .cover_art import read_cover
from .database import LibraryDatabase
from .listing import (
    Folder,
    ListedSong,
    get_song,
    list_folders,
    list_songs,
    list_unheard,
    list_unreadable,
)
from .manual_moods import set_mood
from .mood_fusion import explain
from .safe_paths import safe_path
from .scan import Progress, ScanResult, scan_folder
from .song_rows import read_evidence
from .sound_scan import ListeningResult, Step, count_due, listen

FILE = "library.sqlite"
_FILE_QUERY = """
SELECT folders.path AS root, songs.path AS path FROM songs
JOIN folders ON folders.id = songs.folder WHERE songs.id = ?
"""


def _no_progress(more: int) -> None:
    """Ignores the progress."""


class Library(CandidateQueries):
    """The songs of the user's folders; a context manager. Created if it is missing.

    A `SongStore`: songs are chosen from it as from a catalog, and have a `file`. All methods
    raise LibraryError if the library is damaged, unwritable, or locked by another process.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or home() / FILE
        self._database = LibraryDatabase(self.path)
        self._connection = self._database.connection

    def add(
        self,
        paths: Iterable[Path],
        *,
        workers: int | None = None,
        progress: Progress = _no_progress,
    ) -> list[ScanResult]:
        """Adds all folders or none, and scans them (see `scan_folder`).

        A folder that is already in the library is scanned again. Raises InputError if a path
        is not a readable folder, or lies inside or around another.
        """
        with self._database.exclusive():
            added = library_folders.add(self._database, paths)
            return [
                scan_folder(self._database, root, workers=workers, progress=progress)
                for root in added
            ]

    def rescan(
        self,
        paths: Iterable[Path] = (),
        *,
        force: bool = False,
        workers: int | None = None,
        progress: Progress = _no_progress,
    ) -> list[ScanResult]:
        """Scans the given folders, or all; `force` reads unchanged files too.

        Raises InputError if a folder was not added.
        """
        with self._database.exclusive():
            roots = library_folders.find_roots(self._database, paths) or library_folders.list_roots(
                self._database
            )
            return [
                scan_folder(self._database, root, force=force, workers=workers, progress=progress)
                for root in roots
            ]

    def listen(
        self,
        *,
        workers: int | None = None,
        low_priority: bool = False,
        progress: Step = lambda more, share: None,
    ) -> ListeningResult:
        """Reads the moods of songs from their sound; only new and changed files (see `listen`).

        Songs can be scanned, listed and chosen meanwhile. Raises MissingExtraError if no decoder
        is installed.
        """
        with self._database.exclusive("listening"):
            return listen(
                self._database, workers=workers, low_priority=low_priority, progress=progress
            )

    def count_due(self) -> int:
        """Returns the number of songs that `listen` would read."""
        return count_due(self._database)

    def remove(self, path: Path) -> int:
        """Removes a folder, its songs and their manual moods. Returns the number of songs.

        Leaves the files alone. Raises InputError if the folder was not added.
        """
        with self._database.exclusive():
            return library_folders.remove(self._database, path)

    def set_mood(self, file: Path, mood: Mood | None) -> ListedSong:
        """Sets a song's mood by hand, which overrides all other evidence; None unsets it.

        Raises InputError if the file is not in the library.
        """
        return get_song(self._database, set_mood(self._database, file, mood))

    def songs(self, candidates: Iterable[Candidate]) -> list[Song]:
        """Returns the songs of candidates, in the same order; omits those whose file is missing."""
        return [song for candidate in candidates for song in self._playable(candidate)]

    def file_of(self, candidate: Candidate) -> Path | None:
        """Returns a song's file; None unless it is a regular file in its folder, without links."""
        return self.file(candidate.id)

    def file(self, number: int) -> Path | None:
        """Returns the file of a song by its row id, like `file_of`."""
        for row in self._database.query(_FILE_QUERY, number):
            return safe_path(row["root"], row["path"])
        return None

    def cover(self, number: int) -> bytes | None:
        """Returns the cover of a song by its row id, as a JPEG of at most 256 pixels."""
        for row in self._database.query(_FILE_QUERY, number):
            return read_cover(row["root"], row["path"])
        return None

    def folders(self) -> list[Folder]:
        """Returns the folders and their counts, in the order in which they were added."""
        return list_folders(self._database)

    def list_songs(self, mood: Mood | None, limit: int = -1) -> Iterator[ListedSong]:
        """Yields the songs of a mood, most confident first.

        Mood None means unknown mood; limit -1 means no limit.
        """
        return list_songs(self._database, mood, limit)

    def count_songs(self, mood: Mood | None) -> int:
        """Returns the number of songs of a mood; None means unknown mood."""
        return sum(each.moods[mood] if mood else each.unknown for each in self.folders())

    def unreadable(self) -> Iterator[tuple[Path, str]]:
        """Yields the unreadable files and folders, each with the reason."""
        return list_unreadable(self._database)

    def unheard(self) -> Iterator[tuple[Path, str]]:
        """Yields the songs whose sound can't be read, each with the reason."""
        return list_unheard(self._database)

    def export_playlists(self, folder: Path) -> dict[Mood, int]:
        """Writes one M3U8 playlist per mood into a folder, and returns their numbers of songs.

        Has the songs with a clear mood, most confident first. Raises InputError, before anything
        is written, if a file of that name was not written by MusicalFace.
        """
        folder.mkdir(parents=True, exist_ok=True)
        export.check_playlists(folder)
        return {mood: export.write_playlist(self.list_songs(mood), mood, folder) for mood in MOODS}

    def export_table(self, out: Path) -> int:
        """Writes a CSV table of all songs, and returns their number."""
        songs = (song for mood in (*MOODS, None) for song in self.list_songs(mood))
        return export.write_table(songs, out)

    @property
    def listens(self) -> bool:
        """True if new songs are listened to after a scan; the user's setting."""
        return library_settings.get_flag(self._database, "listens", default=True)

    @listens.setter
    def listens(self, on: bool) -> None:
        library_settings.set_flag(self._database, "listens", on)

    @property
    def exclusions(self) -> list[str]:
        """The patterns of paths that are left out of the library (see `exclusions.py`)."""
        return exclusions.list_patterns(self._database)

    def exclude(self, pattern: str) -> int:
        """Leaves out all paths that match a pattern. Returns the number of songs removed."""
        with self._database.exclusive():
            return exclusions.add(self._database, pattern)

    def include(self, pattern: str) -> None:
        """Removes a pattern; the next scan finds the files. Raises InputError if it is unknown."""
        exclusions.remove(self._database, pattern)

    def counts(self) -> dict[Mood, int]:
        """Returns the number of songs of each mood; songs of unknown mood do not count."""
        all_folders = self.folders()
        return {mood: sum(folder.moods[mood] for folder in all_folders) for mood in MOODS}

    def __len__(self) -> int:
        return sum(folder.songs for folder in self.folders())

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def _playable(self, candidate: Candidate) -> Iterator[Song]:
        file = self.file_of(candidate)
        rows = (
            self._database.query("SELECT * FROM songs WHERE id = ?", candidate.id) if file else ()
        )
        try:
            for song in songs_of(rows):
                evidence = read_evidence(self._connection, candidate.id)
                sound = evidence["sound"].moods if "sound" in evidence else None
                yield replace(
                    song, file=file, file_id=candidate.id, why=explain(evidence), sound=sound
                )
        except (sqlite3.Error, TypeError, ValueError) as error:
            raise self._as_error(error) from None

    def _as_error(self, error: Exception) -> LibraryError:
        return self._database.as_error(error)


def open_library(path: Path | None = None) -> Library:
    """Opens a library file, or without a path the user's own; created if it is missing.

    Raises LibraryError if it is damaged, unwritable, or from a newer MusicalFace.
    """
    return Library(path)
