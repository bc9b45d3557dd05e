"""The library's tables. Those of songs are a catalog's, so that songs are drawn alike."""

from ..songs.schema import INDEXES

FORMAT = 1
"""PRAGMA user_version of a library; a newer one is refused."""

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
# `said` is what the person said: by a song's key, or by the path (a BLOB) of a song without one.

CREATE = (
    *(statement for statement in _TABLES.split(";") if statement.strip()),
    *INDEXES,
    f"PRAGMA user_version = {FORMAT}",
)
