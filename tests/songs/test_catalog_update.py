"""Catalogs of format 3, whose keys have lost the marks of other scripts, and without Deezer ids."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from musicalface.errors import CatalogError
from musicalface.mood import MoodScores
from musicalface.songs import Catalog, Song, catalog_schema, open_catalog
from musicalface.songs.play_history import History

MOODS = MoodScores(0.1, 0.7, 0.1, 0.1)
SONGS = [Song("गायक", "काला", MOODS), Song("ABBA", "Tiger", MOODS, "listeners", "t" * 22)]
OLD_KEYS = ["गयक|कल", "abba|tiger"]


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MUSICALFACE_HOME", str(tmp_path))
    path = tmp_path / "catalog.sqlite"
    with closing(catalog_schema.create(path)) as connection:
        catalog_schema.insert(connection, SONGS)
        catalog_schema.finish(connection, {"tables": "t.csv"})
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript("DROP INDEX songs_by_mood; DROP INDEX songs_between;")
        connection.execute("ALTER TABLE songs DROP COLUMN deezer_id")
        connection.executemany(
            "UPDATE songs SET key = ? WHERE id = ?", zip(OLD_KEYS, (1, 2), strict=True)
        )
        connection.execute("PRAGMA user_version = 3")
    return path


def test_songs_facts_and_history_stay(old: Path) -> None:
    with History():
        pass
    with closing(sqlite3.connect(old.parent / "history.sqlite")) as connection, connection:
        connection.executemany("INSERT INTO heard VALUES (?, 1e9)", [(key,) for key in OLD_KEYS])
    keys = {"गायक|काला", "abba|tiger"}
    for path in (None, old):
        with open_catalog(path) as catalog:
            assert list(catalog) == SONGS
            assert catalog.facts()["tables"] == "t.csv"
            assert set(catalog.by_keys(keys)) == keys
    with History() as history:
        assert keys <= history.recent(now=1e9 + 1)


def test_failed_update_leaves_the_old_catalog(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("UPDATE songs SET happy = 'x'")
    before = old.read_bytes()
    with pytest.raises(CatalogError, match="can't be updated"):
        open_catalog()
    assert old.read_bytes() == before
    assert {path.name for path in old.parent.iterdir()} == {"catalog.sqlite"}


def test_reader_itself_changes_nothing(old: Path) -> None:
    with pytest.raises(CatalogError, match="older MusicalFace"):
        Catalog(old)
