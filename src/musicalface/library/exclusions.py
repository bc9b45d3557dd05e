"""Exclusions: patterns of files and folders that are left out of the library."""

import os
import re
from collections.abc import Callable
from fnmatch import translate
from pathlib import PurePath

from ..errors import InputError
from .database import LibraryDatabase

MAX_LENGTH = 500
"""Characters of a pattern."""


def list_patterns(database: LibraryDatabase) -> list[str]:
    """Returns all patterns, sorted."""
    return [str(name) for (name,) in database.query("SELECT * FROM exclusions ORDER BY pattern")]


def add(database: LibraryDatabase, pattern: str) -> int:
    """Adds a pattern and removes the songs that match it. Returns the number of those songs.

    A pattern is a shell pattern (*, ?, [abc]), for a name (`Audiobooks`, `*.wav`) or for a path
    below one of the user's folders (`Kids/*`). Case does not matter. Raises InputError if the
    pattern is empty or too long.
    """
    pattern = pattern.strip().strip("/")
    if not pattern or len(pattern) > MAX_LENGTH:
        raise InputError("The pattern is empty or too long. Try a name, for example Audiobooks.")
    with database.transaction() as connection:
        connection.execute("INSERT OR IGNORE INTO exclusions VALUES (?)", (pattern,))
        matches = _matcher([pattern])
        connection.create_function("is_excluded", 1, matches, deterministic=True)
        connection.execute("DELETE FROM unread WHERE is_excluded(path)")
        return connection.execute("DELETE FROM songs WHERE is_excluded(path)").rowcount


def remove(database: LibraryDatabase, pattern: str) -> None:
    """Removes a pattern. Raises InputError if it is not in the library."""
    with database.transaction() as connection:
        values = (pattern.strip().strip("/"),)
        if not connection.execute("DELETE FROM exclusions WHERE pattern = ?", values).rowcount:
            raise InputError(
                f"{pattern} isn't excluded. musicalface library exclude shows your patterns."
            )


def exclusion_test(database: LibraryDatabase) -> Callable[[bytes], bool]:
    """Returns a function that is true for a relative path that the user has excluded."""
    return _matcher(list_patterns(database))


def _matcher(patterns: list[str]) -> Callable[[bytes], bool]:
    """Matches a pattern with the path, with each folder above it, and with each name in it."""
    if not patterns:
        return lambda path: False
    matches = re.compile("|".join(map(translate, patterns)), re.IGNORECASE).match

    def is_excluded(path: bytes) -> bool:
        relative = PurePath(os.fsdecode(path))
        above = (parent.as_posix() for parent in (relative, *relative.parents))
        return any(map(matches, relative.parts)) or any(map(matches, above))

    return is_excluded
