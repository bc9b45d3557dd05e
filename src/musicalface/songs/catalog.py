"""Reader of a catalog file: the bundled catalog, or one that the user built."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..errors import CatalogError, InputError
from ..identity import song_key
from ..mood import MOODS, Mood
from ..mood.circumplex import SURE_MARGIN, SURE_PROBABILITY
from ..settings import home
from . import bundled_catalog, catalog_schema
from .candidates import Candidate, CandidateQueries
from .catalog_update import is_older, update_catalog
from .song import Song

BY_KEY_QUERY = "SELECT * FROM songs WHERE key IN (SELECT value FROM json_each(?))"
_CONTENTS = """
SELECT mood, count(*), sum(evidence = 'listeners'), sum(evidence = 'lyrics'),
sum(sureness >= ? AND sureness - second_sureness >= ?), sum(spotify_id <> '')
FROM songs GROUP BY mood
"""


class Contents(NamedTuple):
    """Number of songs of a mood: in all, by evidence, with a clear mood, with a Spotify id."""

    songs: int
    by_listeners: int
    by_words: int
    played: int  # with a clear mood
    with_id: int


class Catalog(CandidateQueries):
    """An open catalog file; a context manager. Raises CatalogError if the file is damaged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise CatalogError(
                f"Can't read the catalog {path} ({error}). Check its permissions."
            ) from None
        self._connection.row_factory = sqlite3.Row
        try:
            self._check_format()
        except BaseException:
            self._connection.close()
            raise

    def _check_format(self) -> None:
        try:
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._as_error(error) from None
        if version > catalog_schema.FORMAT:
            raise CatalogError(
                f"The catalog {self.path} was made by a newer MusicalFace. Update MusicalFace."
            )
        if 0 < version < catalog_schema.FORMAT:
            raise CatalogError(
                f"The catalog {self.path} was made by an older MusicalFace. Rebuild it with "
                "musicalface catalog build."
            )
        if version < 1:
            raise CatalogError(
                f"{self.path} isn't a song catalog. Build one with musicalface catalog build."
            )

    def by_keys(self, keys: Iterable[str]) -> dict[str, Song]:
        """Returns the songs that have one of the keys (see `song_key`), by key.

        Raises CatalogError if the catalog is damaged.
        """
        songs = self._songs(BY_KEY_QUERY, json.dumps(sorted(keys)))
        return {song_key(song.artist, song.title): song for song in songs}

    def songs(self, candidates: Iterable[Candidate]) -> list[Song]:
        """Returns the songs of candidates, in the same order. Raises CatalogError if damaged."""
        query = "SELECT * FROM songs WHERE id = ?"
        return [song for candidate in candidates for song in self._songs(query, candidate.id)]

    def __iter__(self) -> Iterator[Song]:
        """Yields all songs, in insertion order."""
        return self._songs("SELECT * FROM songs ORDER BY id")

    def __len__(self) -> int:
        return sum(self.counts().values())

    def counts(self) -> dict[Mood, int]:
        """Returns the number of songs of each mood."""
        query = "SELECT mood, count(*) FROM songs GROUP BY mood"
        try:
            counts = dict(self._connection.execute(query).fetchall())
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._as_error(error) from None
        return {mood: int(counts.get(mood.value, 0)) for mood in MOODS}

    def contents(self) -> dict[Mood, Contents]:
        """Returns the counts of each mood. Raises CatalogError if the catalog is damaged."""
        try:
            rows = self._connection.execute(_CONTENTS, (SURE_PROBABILITY, SURE_MARGIN)).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._as_error(error) from None
        contents = {row["mood"]: Contents(*tuple(row)[1:]) for row in rows}
        return {mood: contents.get(mood.value, Contents(0, 0, 0, 0, 0)) for mood in MOODS}

    def facts(self) -> dict[str, str]:
        """Returns how the catalog was built: the model, the tables and the listeners."""
        try:
            return dict(self._connection.execute("SELECT name, value FROM facts").fetchall())
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._as_error(error) from None

    def __enter__(self) -> "Catalog":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def _songs(self, query: str, *values: object) -> Iterator[Song]:
        try:
            yield from catalog_schema.songs_of(self._connection.execute(query, values))
        except (sqlite3.Error, TypeError, ValueError) as error:
            raise self._as_error(error) from None

    def _as_error(self, error: Exception) -> CatalogError:
        return CatalogError(
            f"The catalog {self.path} is damaged ({error}). Delete it, or rebuild it with "
            "musicalface catalog build."
        )


def own_catalog_path() -> Path:
    """Returns the path of the user's own catalog; the file may not exist."""
    return home() / "catalog.sqlite"


def open_catalog(path: Path | None = None) -> Catalog:
    """Opens a catalog file, or without a path the user's own catalog, else the bundled one.

    `catalog build` writes the user's own catalog to the user's directory; the bundled
    catalog is unpacked there on first use. A catalog of an older format is updated. Raises
    InputError if the file does not exist, CatalogError if it is damaged.
    """
    if path is None:
        return _open_own() if own_catalog_path().exists() else _open_shipped()
    if not path.is_file():
        raise InputError(
            f"The catalog {path} doesn't exist. Build one with musicalface catalog build."
        )
    return _open_updated(path)


def _open_own() -> Catalog:
    if own_catalog_path().is_symlink() or not own_catalog_path().is_file():
        raise CatalogError(
            f"{own_catalog_path()} isn't a regular file (links aren't followed). Move it away, "
            "or choose a catalog with --catalog."
        )
    return _open_updated(own_catalog_path())


def _open_updated(path: Path) -> Catalog:
    """Opens a catalog; one of an older format is updated first."""
    if is_older(path):
        update_catalog(path)
    return Catalog(path)


def _open_shipped() -> Catalog:
    """Opens the bundled catalog; unpacks it again once if the unpacked file is damaged.

    The unpacked file contains no user data, so it can be deleted.
    """
    path = bundled_catalog.unpack_bundled()
    try:
        return Catalog(path)
    except CatalogError:
        path.unlink()
        return Catalog(bundled_catalog.unpack_bundled())
