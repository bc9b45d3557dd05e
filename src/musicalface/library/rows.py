"""Songs as rows of the library, and what the person said of them."""

import os
import sqlite3
from typing import NamedTuple

from ..identity import song_key
from ..mood import MOODS, Evidence, Mood, MoodScores
from ..songs.schema import standing
from .folders import Root
from .read import Entry
from .walk import Unread

_PUT = """
REPLACE INTO songs VALUES (
    (SELECT id FROM songs WHERE folder = ?1 AND path = ?2),
    ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17
)
"""


class Judgement(NamedTuple):
    """A song's mood, and how it is known; None where it is not."""

    moods: MoodScores | None
    evidence: Evidence | None

    @property
    def columns(self) -> tuple[object, ...]:
        """Those from `angry` to `evidence`."""
        return (*(standing(self.moods) if self.moods else [None] * 8), self.evidence)


def by_person(mood: Mood) -> Judgement:
    """What the person says is certain."""
    return Judgement(MoodScores.of(each is mood for each in MOODS), "person")


def said_key(root: Root, path: bytes, artist: str, title: str) -> str | bytes:
    """By what a song is known to the person: its `song_key`, or its file where it has no name."""
    if artist and title:
        return song_key(artist, title)
    return os.path.join(root.name, path)


def put(connection: sqlite3.Connection, root: Root, scan: int, entry: Entry | Unread) -> None:
    """Write what a file is, in place of what it was; what it was stays beside what is unread."""
    here = (root.id, entry.path)
    if isinstance(entry, Unread):
        facts = (*here, scan, entry.reason, entry.is_folder)
        connection.execute("REPLACE INTO unread VALUES (?, ?, ?, ?, ?)", facts)
        return
    connection.execute("DELETE FROM unread WHERE folder = ? AND path = ?", here)
    judgement = _said(connection, root, entry) or Judgement(entry.moods, entry.evidence)
    names = (song_key(entry.artist, entry.title), entry.artist, entry.title)
    values = (*here, scan, entry.state, *names, *judgement.columns, entry.spotify_id)
    connection.execute(_PUT, values)


def _said(connection: sqlite3.Connection, root: Root, entry: Entry) -> Judgement | None:
    key = said_key(root, entry.path, entry.artist, entry.title)
    found = connection.execute("SELECT mood FROM said WHERE key = ?", (key,)).fetchone()
    return by_person(Mood(found[0])) if found else None
