"""Library rows: writes songs, the evidence for their moods, and the mood that follows from it."""

import os
import sqlite3
from collections.abc import Mapping

from ..identity import song_key
from ..mood import MOODS, Mood, MoodScores
from .directory_walk import UnreadablePath
from .library_folders import Root
from .mood_fusion import Evidence, Source, fuse, manual_mood
from .song_key_update import keep_manual_mood
from .song_reader import Entry

_UPSERT = """
INSERT INTO songs (folder, path, scan, state, key, artist, title, spotify_id, deezer_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (folder, path) DO UPDATE SET scan = excluded.scan, state = excluded.state,
key = excluded.key, artist = excluded.artist, title = excluded.title,
spotify_id = excluded.spotify_id, deezer_id = excluded.deezer_id
RETURNING id
"""
_SET_MOOD = """
UPDATE songs SET angry = ?, happy = ?, relaxed = ?, sad = ?, mood = ?, sureness = ?,
second = ?, second_sureness = ?, evidence = ? WHERE id = ?
"""
# A changed file is another recording: what was heard before no longer counts.
_FORGET_CHANGED_SOUND = "DELETE FROM listening WHERE song = ? AND state <> ? RETURNING song"


def mood_key(root: Root, path: bytes, artist: str, title: str) -> str | bytes:
    """Returns the key of a manual mood: the `song_key`, or the file's path without names."""
    if artist and title:
        return song_key(artist, title)
    return os.path.join(root.name, path)


def write_entry(
    connection: sqlite3.Connection, root: Root, scan: int, entry: Entry | UnreadablePath
) -> None:
    """Writes a scanned file; an unreadable file is recorded without replacing its song."""
    here = (root.id, entry.path)
    if isinstance(entry, UnreadablePath):
        row = (*here, scan, entry.reason, entry.is_folder)
        connection.execute("REPLACE INTO unread VALUES (?, ?, ?, ?, ?)", row)
        return
    connection.execute("DELETE FROM unread WHERE folder = ? AND path = ?", here)
    _keep_manual_mood(connection, root, entry)
    names = (song_key(entry.artist, entry.title), entry.artist, entry.title)
    values = (*here, scan, entry.state, *names, entry.spotify_id, entry.deezer_id)
    number = int(connection.execute(_UPSERT, values).fetchone()[0])
    evidence = dict(entry.evidence)
    key = mood_key(root, entry.path, entry.artist, entry.title)
    row = connection.execute("SELECT mood FROM said WHERE key = ?", (key,)).fetchone()
    if row:
        evidence["person"] = manual_mood(Mood(row[0]))
    _keep_sound(connection, number, entry.state)
    write_evidence(connection, number, evidence)


def _keep_manual_mood(connection: sqlite3.Connection, root: Root, entry: Entry) -> None:
    query = "SELECT state, artist, title FROM songs WHERE folder = ? AND path = ?"
    new = mood_key(root, entry.path, entry.artist, entry.title)
    for state, *names in connection.execute(query, (root.id, entry.path)).fetchall():
        keep_manual_mood(connection, state, mood_key(root, entry.path, *names), new)


def write_evidence(
    connection: sqlite3.Connection, song: int, evidence: Mapping[Source, Evidence]
) -> None:
    """Replaces a song's evidence, except that of its sound, and updates its mood."""
    connection.execute("DELETE FROM evidence WHERE song = ? AND kind <> 'sound'", (song,))
    for source, each in evidence.items():
        put_evidence(connection, song, source, each)
    update_mood(connection, song)


def put_evidence(
    connection: sqlite3.Connection, song: int, source: Source, evidence: Evidence
) -> None:
    """Writes one kind of evidence without updating the song's mood."""
    values = (song, source, *evidence.moods.as_dict().values(), evidence.words)
    connection.execute("REPLACE INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?)", values)


def update_mood(connection: sqlite3.Connection, song: int) -> None:
    """Writes the mood that follows from a song's evidence."""
    moods = fuse(read_evidence(connection, song)).columns
    connection.execute(_SET_MOOD, (*moods, song))


def read_evidence(connection: sqlite3.Connection, song: int) -> dict[Source, Evidence]:
    """Returns a song's evidence by source. Raises sqlite3.DatabaseError if it is damaged."""
    rows = connection.execute("SELECT * FROM evidence WHERE song = ?", (song,))
    try:
        return {
            row["kind"]: Evidence(
                MoodScores.of(row[mood.value] for mood in MOODS), str(row["words"])
            )
            for row in rows
        }
    except (TypeError, ValueError) as error:
        raise sqlite3.DatabaseError(f"invalid evidence: {error}") from None


def file_version(state: str) -> str:
    """Returns size and time of the sound file itself, without those of its lyrics files."""
    return state.partition(" ")[0]


def _keep_sound(connection: sqlite3.Connection, song: int, state: str) -> None:
    """Deletes what was heard of an earlier version of the file."""
    if connection.execute(_FORGET_CHANGED_SOUND, (song, file_version(state))).fetchone():
        connection.execute("DELETE FROM evidence WHERE song = ? AND kind = 'sound'", (song,))
