"""The moods that the person sets by hand."""

import os
from pathlib import Path
from typing import NamedTuple

from ..errors import InputError
from ..mood import Mood
from ..songs import open_catalog
from .folders import Root, resolved, roots
from .read import read_files
from .rows import Judgement, by_person, said_key
from .store import Store
from .walk import Found, Unread, state_of, why

_JUDGE = """
UPDATE songs SET angry = ?, happy = ?, relaxed = ?, sad = ?, mood = ?, sureness = ?,
second = ?, second_sureness = ?, evidence = ?
WHERE id = ? OR (key = ? AND artist <> '' AND title <> '')
"""


class _Place(NamedTuple):
    """Where a song stands: its file, its row, and by what the person knows it."""

    root: Root
    path: bytes
    id: int
    key: str
    said: str | bytes


def set_mood(store: Store, file: Path, mood: Mood | None) -> int:
    """Say a song's mood, for all files that are this song; None takes it back.

    Then the mood is what it would be without the person: the file is read again.
    Gives the song's number. Raises InputError for a file that is not in the library,
    or that cannot be read again.
    """
    place = _place_of(store, file)
    judgement = by_person(mood) if mood else _read_again(place, file)
    with store.step() as connection:
        connection.execute("DELETE FROM said WHERE key = ?", (place.said,))
        if mood:
            values = (place.said, place.root.id, mood.value)
            connection.execute("INSERT INTO said VALUES (?, ?, ?)", values)
        connection.execute(_JUDGE, (*judgement.columns, place.id, place.key))
        if not mood:  # the other files of this song may have other words: the next scan reads them
            again = "UPDATE songs SET state = '' WHERE key = ? AND id <> ?"
            connection.execute(again, (place.key, place.id))
    return place.id


def _read_again(place: _Place, file: Path) -> Judgement:
    try:
        found = Found(place.path, state_of(place.root.name, place.path))
    except OSError as error:
        raise _unread(file, why(error)) from None
    with open_catalog() as catalog:
        (read,) = read_files(place.root.name, catalog.path, [found])
    if isinstance(read, Unread):
        raise _unread(file, read.reason)
    return Judgement(read.moods, read.evidence)


def _unread(file: Path, reason: str) -> InputError:
    return InputError(f"{file} cannot be read ({reason}): its mood stays as it is.")


def _place_of(store: Store, file: Path) -> _Place:
    root, path = _split(store, file)
    query = "SELECT id, key, artist, title FROM songs WHERE folder = ? AND path = ?"
    for number, key, artist, title in store.ask(query, root.id, path):
        return _Place(root, path, number, key, said_key(root, path, artist, title))
    query = "SELECT reason FROM unread WHERE folder = ? AND path = ?"
    for (reason,) in store.ask(query, root.id, path):
        raise InputError(f"{file} is in your library, but it cannot be read: {reason}.")
    raise InputError(f"{file} is not in your library: musicalface library rescan looks for it.")


def _split(store: Store, file: Path) -> tuple[Root, bytes]:
    if file.is_symlink():
        raise InputError(f"{file} is a link, and links are not followed: name the file itself.")
    full = resolved(file)
    if full.is_dir():
        raise InputError(f"{file} is a folder: name a song in it.")
    for root in roots(store):
        if root.path in full.parents:
            return root, os.fsencode(full.relative_to(root.path))
    raise InputError(
        f"{file} is in no folder of your library: add its folder with musicalface library add."
    )
