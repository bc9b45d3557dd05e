"""Updates the keys of a library's songs; moods that were set by hand and the history stay."""

import sqlite3

from ..identity import KEY_FORM, song_key
from ..songs.play_history import History

OLD_NAMES = " names 1"
"""The end of a song's state until its names are read again, by today's rules."""

_COPY_MOOD = "INSERT OR IGNORE INTO said SELECT ?2, folder, mood FROM said WHERE key = ?1"
_DELETE_MOOD = "DELETE FROM said WHERE key = ? AND NOT EXISTS (SELECT 1 FROM songs WHERE key = ?)"


def has_old_keys(connection: sqlite3.Connection) -> bool:
    """True if the keys have an older form; the file's application id is their form."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0]) < KEY_FORM


def update_keys(connection: sqlite3.Connection) -> None:
    """Makes all keys again and lets the next scan read all names again.

    Where one old key stands for several songs, each of them gets its mood.
    """
    songs = connection.execute("SELECT id, key, artist, title FROM songs").fetchall()
    new = [(song_key(artist, title), key, number) for number, key, artist, title in songs]
    changed = [(old, key, number) for key, old, number in new if key != old]
    connection.executemany("UPDATE songs SET key = ?2 WHERE id = ?3", changed)
    keys = {(old, key) for old, key, _ in changed}
    connection.executemany(_COPY_MOOD, keys)
    connection.executemany(_DELETE_MOOD, [(old, old) for old, _ in keys])
    connection.execute("UPDATE songs SET state = state || ? WHERE state <> ''", (OLD_NAMES,))
    connection.execute(f"PRAGMA application_id = {KEY_FORM}")
    with History() as history:
        history.add_keys(keys)


def keep_manual_mood(
    connection: sqlite3.Connection, old_state: str, old: str | bytes, new: str | bytes
) -> None:
    """Copies a mood set by hand to a song's new key, if an update changed how names are read."""
    if old_state.endswith(OLD_NAMES) and old != new:
        connection.execute(_COPY_MOOD, (old, new))
