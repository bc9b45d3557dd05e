"""The person's own music: what songs are chosen from, listed, and set by hand."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ..errors import LibraryError
from ..mood import MOODS, Mood
from ..settings import home
from ..songs import Song
from ..songs.drawing import Candidate, Drawing
from ..songs.schema import songs_of
from . import folders
from .inside import file_in
from .listing import Folder, Listed, files_unread, folders_of, one_listed, songs_listed
from .moods import set_mood
from .scan import Progress, Scan, scan
from .store import Store

FILE = "library.sqlite"
_PLACE = """
SELECT folders.path AS root, songs.path AS path FROM songs
JOIN folders ON folders.id = songs.folder WHERE songs.id = ?
"""


def _silent(more: int) -> None:
    """Progress that nobody watches."""


class Library(Drawing):
    """The songs of the person's folders, by mood; a context manager, made when it is missing.

    A `Songbook`: songs are chosen from it as from a catalog, and have their `file`.
    Everything here raises LibraryError when the library is damaged, cannot be written,
    or is being written by another process.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or home() / FILE
        self._store = Store(self.path)
        self._connection = self._store.connection

    def add(
        self, paths: Iterable[Path], *, workers: int | None = None, progress: Progress = _silent
    ) -> list[Scan]:
        """Add folders, all or none, and scan them (see `scan.scan`).

        A folder that is there already is scanned again. Raises InputError for what is
        no folder, and for one inside or around another.
        """
        with self._store.alone():
            added = folders.add(self._store, paths)
            return [scan(self._store, root, workers=workers, progress=progress) for root in added]

    def rescan(
        self,
        paths: Iterable[Path] = (),
        *,
        anew: bool = False,
        workers: int | None = None,
        progress: Progress = _silent,
    ) -> list[Scan]:
        """Scan these folders, or all; `anew` reads the files that have not changed, too.

        Raises InputError for a folder that was not added.
        """
        with self._store.alone():
            asked = folders.named(self._store, paths) or folders.roots(self._store)
            return [
                scan(self._store, root, anew=anew, workers=workers, progress=progress)
                for root in asked
            ]

    def remove(self, path: Path) -> int:
        """Forget a folder, its songs and what was said of them; gives how many songs.

        No file is touched. Raises InputError for a folder that was not added.
        """
        with self._store.alone():
            return folders.forget(self._store, path)

    def set_mood(self, file: Path, mood: Mood | None) -> Listed:
        """Say a song's mood, which goes before all other evidence; None takes it back.

        Raises InputError for a file that is not in the library.
        """
        return one_listed(self._store, set_mood(self._store, file, mood))

    def songs(self, candidates: Iterable[Candidate]) -> list[Song]:
        """The songs of candidates, in their order, without those whose file has gone."""
        return [song for each in candidates for song in self._playable(each)]

    def file_of(self, candidate: Candidate) -> Path | None:
        """A song's file; None unless it is a regular file in its folder, and no link leads out."""
        return self.file(candidate.id)

    def file(self, number: int) -> Path | None:
        """The file of that number, as `file_of`."""
        for row in self._store.ask(_PLACE, number):
            return file_in(row["root"], row["path"])
        return None

    def folders(self) -> list[Folder]:
        """What each folder holds, in the order in which they were added."""
        return folders_of(self._store)

    def listed(self, mood: Mood | None, limit: int = -1) -> Iterator[Listed]:
        """The songs of a mood, the surest first; None: those of unknown mood. -1: all."""
        return songs_listed(self._store, mood, limit)

    def unread(self) -> Iterator[tuple[Path, str]]:
        """The files and folders that cannot be read, and why."""
        return files_unread(self._store)

    def counts(self) -> dict[Mood, int]:
        """How many songs each mood has; those of unknown mood are not among them."""
        held = self.folders()
        return {mood: sum(folder.moods[mood] for folder in held) for mood in MOODS}

    def __len__(self) -> int:
        return sum(folder.songs for folder in self.folders())

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()

    def _playable(self, candidate: Candidate) -> Iterator[Song]:
        file = self.file_of(candidate)
        rows = self._store.ask("SELECT * FROM songs WHERE id = ?", candidate.id) if file else ()
        try:
            yield from (replace(song, file=file, file_id=candidate.id) for song in songs_of(rows))
        except (TypeError, ValueError) as error:
            raise self._damaged(error) from None

    def _damaged(self, error: Exception) -> LibraryError:
        return self._store.told(error)


def open_library(path: Path | None = None) -> Library:
    """The library in a file; None: the person's own, which is made when it is missing.

    Raises LibraryError when it is damaged, or of a newer MusicalFace.
    """
    return Library(path)
