"""SQLite schema of the library. Its `songs` table fits the queries of a catalog."""

from ..songs.catalog_schema import INDEXES

FORMAT = 2
"""PRAGMA user_version of a library; newer versions are rejected."""

_TABLES = """
CREATE TABLE folders (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    scan INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE songs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE,
    path BLOB NOT NULL,
    scan INTEGER NOT NULL,
    state TEXT NOT NULL,
    key TEXT NOT NULL,
    artist TEXT NOT NULL,
    title TEXT NOT NULL,
    angry REAL,
    happy REAL,
    relaxed REAL,
    sad REAL,
    mood TEXT,
    sureness REAL,
    second TEXT,
    second_sureness REAL,
    evidence TEXT,
    spotify_id TEXT NOT NULL,
    deezer_id INTEGER NOT NULL DEFAULT 0,
    known INTEGER NOT NULL DEFAULT 0,
    UNIQUE (folder, path)
);
CREATE INDEX songs_by_key ON songs (key);
CREATE TABLE unread (
    folder INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE,
    path BLOB NOT NULL,
    scan INTEGER NOT NULL,
    reason TEXT NOT NULL,
    is_folder INTEGER NOT NULL,
    PRIMARY KEY (folder, path)
) WITHOUT ROWID;
CREATE TABLE said (
    key PRIMARY KEY,
    folder INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE,
    mood TEXT NOT NULL
) WITHOUT ROWID;
"""
# `said` holds the moods set by hand: by song key, or by path (a BLOB) for a song without a key.

_TABLES_OF_2 = """
CREATE TABLE evidence (
    song INTEGER NOT NULL REFERENCES songs ON DELETE CASCADE,
    kind TEXT NOT NULL,
    angry REAL NOT NULL,
    happy REAL NOT NULL,
    relaxed REAL NOT NULL,
    sad REAL NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (song, kind)
) WITHOUT ROWID;
CREATE TABLE listening (
    song INTEGER PRIMARY KEY REFERENCES songs ON DELETE CASCADE,
    state TEXT NOT NULL,
    model TEXT NOT NULL,
    problem TEXT NOT NULL
);
CREATE TABLE exclusions (pattern TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
# `songs` has the mood that follows from all evidence, `evidence` each kind by itself. `listening`
# says which version of a file was listened to, with which model, and why it has no mood.

# The first scan with format 2 reads the tags of every file again, because format 1 did not store
# mood tags, nor the evidence under a mood that was set by hand.
_FROM_1 = """
ALTER TABLE songs ADD COLUMN deezer_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE songs ADD COLUMN known INTEGER NOT NULL DEFAULT 0;
DROP INDEX songs_by_mood;
DROP INDEX songs_between;
INSERT INTO evidence SELECT id, evidence, angry, happy, relaxed, sad, '' FROM songs
    WHERE evidence IS NOT NULL;
UPDATE songs SET state = state || ' format 1' WHERE state <> '';
"""


def _statements(script: str) -> tuple[str, ...]:
    return tuple(statement for statement in script.split(";") if statement.strip())


_SET_FORMAT = f"PRAGMA user_version = {FORMAT}"
CREATE = (*_statements(_TABLES + _TABLES_OF_2), *INDEXES, _SET_FORMAT)
UPDATE = (*_statements(_TABLES_OF_2 + _FROM_1), *INDEXES, _SET_FORMAT)
"""Statements that convert a library of format 1."""
