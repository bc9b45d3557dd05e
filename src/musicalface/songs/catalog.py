"""An open catalog: the shipped one, or a file of the person's own."""

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
from . import pack, schema
from .drawing import Candidate, Drawing
from .song import Song

KNOWN = "SELECT * FROM songs WHERE key IN (SELECT value FROM json_each(?))"
_CONTENTS = """
SELECT mood, count(*), sum(evidence = 'listeners'), sum(evidence = 'lyrics'),
sum(sureness >= ? AND sureness - second_sureness >= ?), sum(spotify_id <> '')
FROM songs GROUP BY mood
"""


class Contents(NamedTuple):
    """How many songs a mood has, how they are known, and how many can be played and linked."""

    songs: int
    by_listeners: int
    by_words: int
    played: int  # one mood is clearly ahead
    with_id: int


class Catalog(Drawing):
    """Songs by mood, surest first; a context manager. Raises CatalogError when damaged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        except sqlite3.Error as error:
            raise CatalogError(f"The catalog {path} cannot be read ({error}).") from None
        self._connection.row_factory = sqlite3.Row
        try:
            self._check_format()
        except BaseException:
            self._connection.close()
            raise

    def _check_format(self) -> None:
        try:
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.Error as error:
            raise self._damaged(error) from None
        if version > schema.FORMAT:
            raise CatalogError(
                f"The catalog {self.path} is of a newer MusicalFace: update this one."
            )
        if 0 < version < schema.FORMAT:
            raise CatalogError(
                f"The catalog {self.path} is of an older MusicalFace: build it again with "
                "musicalface catalog build."
            )
        if version < 1:
            raise CatalogError(
                f"{self.path} is no song catalog: make one with musicalface catalog build."
            )

    def known(self, keys: Iterable[str]) -> dict[str, Song]:
        """The songs that have one of the keys (see `song_key`), by key; raises CatalogError."""
        songs = self._songs(KNOWN, json.dumps(sorted(keys)))
        return {song_key(song.artist, song.title): song for song in songs}

    def songs(self, candidates: Iterable[Candidate]) -> list[Song]:
        """The songs of candidates, in their order; raises CatalogError."""
        query = "SELECT * FROM songs WHERE id = ?"
        return [song for each in candidates for song in self._songs(query, each.id)]

    def __iter__(self) -> Iterator[Song]:
        """All songs, in the order in which they came."""
        return self._songs("SELECT * FROM songs ORDER BY id")

    def __len__(self) -> int:
        return sum(self.counts().values())

    def counts(self) -> dict[Mood, int]:
        """How many songs each mood has."""
        query = "SELECT mood, count(*) FROM songs GROUP BY mood"
        try:
            found = dict(self._connection.execute(query).fetchall())
        except sqlite3.Error as error:
            raise self._damaged(error) from None
        return {mood: int(found.get(mood.value, 0)) for mood in MOODS}

    def contents(self) -> dict[Mood, Contents]:
        """What there is of each mood; raises CatalogError."""
        try:
            rows = self._connection.execute(_CONTENTS, (SURE_PROBABILITY, SURE_MARGIN)).fetchall()
        except sqlite3.Error as error:
            raise self._damaged(error) from None
        found = {row["mood"]: Contents(*tuple(row)[1:]) for row in rows}
        return {mood: found.get(mood.value, Contents(0, 0, 0, 0, 0)) for mood in MOODS}

    def facts(self) -> dict[str, str]:
        """How the catalog was made: the model and the tables."""
        try:
            return dict(self._connection.execute("SELECT name, value FROM facts").fetchall())
        except sqlite3.Error as error:
            raise self._damaged(error) from None

    def __enter__(self) -> "Catalog":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def _songs(self, query: str, *values: object) -> Iterator[Song]:
        try:
            yield from schema.songs_of(self._connection.execute(query, values))
        except (sqlite3.Error, TypeError, ValueError) as error:
            raise self._damaged(error) from None

    def _damaged(self, error: Exception) -> CatalogError:
        return CatalogError(
            f"The catalog {self.path} is damaged ({error}): delete it or build it again."
        )


def own() -> Path:
    """Where the person's own catalog is, if there is one."""
    return home() / "catalog.sqlite"


def open_catalog(path: Path | None = None) -> Catalog:
    """The catalog in a file that `catalog build` made; None: the person's own, or the shipped one.

    The person's own is what `catalog build` leaves in their directory; the shipped
    one is unpacked there at first use. Raises InputError when there is no such file,
    CatalogError when it is damaged.
    """
    if path is None:
        return Catalog(own()) if own().is_file() else _open_shipped()
    if not path.is_file():
        raise InputError(f"There is no catalog {path}: make one with musicalface catalog build.")
    return Catalog(path)


def _open_shipped() -> Catalog:
    """The unpacked catalog holds nothing of the person's: a damaged one is made again, once."""
    path = pack.unpacked()
    try:
        return Catalog(path)
    except CatalogError:
        path.unlink()
        return Catalog(pack.unpacked())
