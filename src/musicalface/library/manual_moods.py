"""Manual moods: sets and unsets a song's mood by hand."""

import os
import sqlite3
from pathlib import Path
from typing import NamedTuple

from ..errors import InputError
from ..mood import Mood
from .database import LibraryDatabase
from .library_folders import Root, list_roots, resolve_path
from .mood_fusion import manual_mood
from .song_rows import mood_key, put_evidence, update_mood

_SAME_SONG = "SELECT id FROM songs WHERE id = ? OR (key = ? AND artist <> '' AND title <> '')"


class _LibraryFile(NamedTuple):
    """A file of the library: its folder, its row, and the keys of its song and manual mood."""

    root: Root
    id: int
    key: str
    mood_key: str | bytes


def set_mood(database: LibraryDatabase, file: Path, mood: Mood | None) -> int:
    """Sets the mood of a song, for all files of that song; None unsets it.

    Unsetting restores the mood that follows from the other evidence. Returns the song's row id.
    Raises InputError if the file is not in the library.
    """
    song_file = _find_file(database, file)
    with database.transaction() as connection:
        connection.execute("DELETE FROM said WHERE key = ?", (song_file.mood_key,))
        if mood:
            values = (song_file.mood_key, song_file.root.id, mood.value)
            connection.execute("INSERT INTO said VALUES (?, ?, ?)", values)
        same_song = connection.execute(_SAME_SONG, (song_file.id, song_file.key)).fetchall()
        for (number,) in same_song:
            _set_mood(connection, number, mood)
    return song_file.id


def _set_mood(connection: sqlite3.Connection, song: int, mood: Mood | None) -> None:
    connection.execute("DELETE FROM evidence WHERE song = ? AND kind = 'person'", (song,))
    if mood:
        put_evidence(connection, song, "person", manual_mood(mood))
    update_mood(connection, song)


def _find_file(database: LibraryDatabase, file: Path) -> _LibraryFile:
    root, path = _locate(database, file)
    query = "SELECT id, key, artist, title FROM songs WHERE folder = ? AND path = ?"
    for number, key, artist, title in database.query(query, root.id, path):
        return _LibraryFile(root, number, key, mood_key(root, path, artist, title))
    query = "SELECT reason FROM unread WHERE folder = ? AND path = ?"
    for (reason,) in database.query(query, root.id, path):
        raise InputError(f"{file} is in your library, but can't be read ({reason}).")
    raise InputError(f"{file} isn't in your library. musicalface library rescan finds new files.")


def _locate(database: LibraryDatabase, file: Path) -> tuple[Root, bytes]:
    if file.is_symlink():
        raise InputError(f"{file} is a link, and links aren't followed. Choose the file itself.")
    full = resolve_path(file)
    if full.is_dir():
        raise InputError(f"{file} is a folder. Choose a song in it.")
    for root in list_roots(database):
        if root.path in full.parents:
            return root, os.fsencode(full.relative_to(root.path))
    raise InputError(
        f"{file} isn't in a folder of your library. Add its folder with musicalface library add."
    )
