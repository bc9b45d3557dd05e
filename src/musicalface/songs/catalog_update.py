"""Updates a catalog of an older format: new keys and columns, the same songs and facts."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from ..errors import CatalogError
from ..files import atomic_write
from ..identity import song_key
from . import catalog_schema
from .play_history import History
from .song import Song

_NEWER_COLUMNS = ("deezer_id", "known")
_FIRST_FORMAT = 3


def is_older(path: Path) -> bool:
    """True if the file is a catalog of an older format that `update_catalog` can read."""
    try:
        with closing(_open(path)) as catalog:
            version = catalog.execute("PRAGMA user_version").fetchone()[0]
    except (sqlite3.Error, UnicodeDecodeError):
        return False
    return bool(_FIRST_FORMAT <= version < catalog_schema.FORMAT)


def update_catalog(path: Path) -> None:
    """Replaces a catalog by one of the current format; the history gets the new keys.

    If that fails, the old catalog stays as it is. Raises CatalogError.
    """
    try:
        with closing(_open(path)) as old, atomic_write(path) as temporary:
            with closing(catalog_schema.create(temporary)) as new:
                catalog_schema.insert(new, _songs(old))
                facts = dict(old.execute("SELECT name, value FROM facts").fetchall())
                catalog_schema.finish(new, facts)
            changed = list(_changed_keys(old))
    except (OSError, sqlite3.Error, UnicodeDecodeError, TypeError, ValueError) as error:
        raise CatalogError(
            f"The catalog {path} was made by an older MusicalFace and can't be updated ({error}). "
            "Rebuild it with musicalface catalog build."
        ) from None
    with History() as history:
        history.add_keys(changed)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def _songs(catalog: sqlite3.Connection) -> Iterator[Song]:
    columns = {row["name"] for row in catalog.execute("PRAGMA table_info(songs)")}
    missing = "".join(f", 0 AS {name}" for name in _NEWER_COLUMNS if name not in columns)
    query = f"SELECT *{missing} FROM songs ORDER BY id"  # noqa: S608
    return catalog_schema.songs_of(catalog.execute(query))


def _changed_keys(catalog: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yields the keys that change: the old and the new one."""
    for old, artist, title in catalog.execute("SELECT key, artist, title FROM songs"):
        if (key := song_key(artist, title)) != old:
            yield old, key
