import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from musicalface.errors import CatalogError, InputError
from musicalface.mood import MOODS, Mood, MoodScores
from musicalface.songs import Catalog, Song, catalog_schema, open_catalog
from musicalface.songs.candidates import MOST_CONFIDENT_QUERY, WITH_KEYS_QUERY
from musicalface.songs.catalog import BY_KEY_QUERY
from tests.conftest import Run


def song(number: int, mood: int = 1, sure: float = 0.7, **facts: str) -> Song:
    rest = (1 - sure) / 3
    moods = MoodScores.of(sure if i == mood else rest for i in range(4))
    return Song(facts.get("artist", f"Artist {number}"), f"Title {number}", moods, "lyrics")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "catalog.sqlite"
    with closing(catalog_schema.create(target)) as connection:
        songs = (song(i, i % 4, 0.4 + i % 50 / 100) for i in range(2000))
        assert catalog_schema.insert(connection, songs) == 2000
        catalog_schema.finish(connection, {"model": "made up"})
    return target


def test_most_confident_songs_come_first(path: Path) -> None:
    with open_catalog(path) as catalog:
        candidates = catalog.most_confident(Mood.SAD, 20)
        songs = catalog.songs(candidates)
    assert len(songs) == 20
    assert {s.mood for s in songs} == {Mood.SAD}
    confidences = [s.moods.sad for s in songs]
    assert confidences == [candidate.confidence for candidate in candidates]
    assert confidences == sorted(confidences, reverse=True)
    assert confidences[0] > 0.85


def test_query_uses_the_index_without_sorting(path: Path) -> None:
    with Catalog(path) as catalog:
        query = f"EXPLAIN QUERY PLAN {MOST_CONFIDENT_QUERY}"
        (step,) = catalog._connection.execute(query, ("sad", 0.5, 0.15, 9)).fetchall()
    assert step["detail"] == (
        "SEARCH songs USING COVERING INDEX songs_by_mood (mood=? AND sureness>?)"
    )


@pytest.mark.parametrize("query", [WITH_KEYS_QUERY, BY_KEY_QUERY])
def test_songs_by_key(path: Path, query: str) -> None:
    values = ('["artist 3|title 3"]', "sad", 0.5, 0.15)[: query.count("?")]
    with Catalog(path) as catalog:
        steps = catalog._connection.execute(f"EXPLAIN QUERY PLAN {query}", values).fetchall()
        assert steps[0]["detail"] == "SEARCH songs USING INDEX sqlite_autoindex_songs_1 (key=?)"
        keys = ["artist31|title31", "artist3|title3", "artist4|title4", "no|thing"]
        known = catalog.by_keys(keys)
        assert {song.artist for song in known.values()} == {"Artist 31", "Artist 3", "Artist 4"}
        assert known["artist3|title3"].title == "Title 3"
        assert {each.key for each in catalog.with_keys(keys, Mood.SAD)} == {"artist31|title31"}


def test_unclear_song_is_not_played(tmp_path: Path) -> None:
    unclear = [(0.49, 0.17, 0.17, 0.17), (0.5, 0.4, 0.05, 0.05), (0.25, 0.25, 0.25, 0.25)]
    clear = (0.5, 0.3, 0.1, 0.1)
    with closing(catalog_schema.create(tmp_path / "c.sqlite")) as connection:
        songs = [Song(f"A {i}", "T", MoodScores.of(s)) for i, s in enumerate([*unclear, clear])]
        catalog_schema.insert(connection, songs)
        catalog_schema.finish(connection, {})
    with open_catalog(tmp_path / "c.sqlite") as catalog:
        assert [c.artist for c in catalog.most_confident(Mood.ANGRY, 9)] == ["a3"]
        assert len(catalog) == 4


def test_counts_length_order_and_facts(path: Path) -> None:
    with Catalog(path) as catalog:
        assert len(catalog) == 2000
        assert catalog.counts() == dict.fromkeys(MOODS, 500)
        assert [s.title for s in catalog][:2] == ["Title 0", "Title 1"]
        assert catalog.facts() == {"model": "made up"}


def test_duplicate_songs_are_ignored(path: Path, tmp_path: Path) -> None:
    with closing(catalog_schema.create(tmp_path / "other.sqlite")) as connection:
        assert (
            catalog_schema.insert(connection, [song(1), song(1, artist="ARTIST 1"), song(2)]) == 2
        )


def test_missing_catalog(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="doesn't exist"):
        open_catalog(tmp_path / "none.sqlite")


def test_text_file_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello " * 200)
    with pytest.raises(CatalogError, match="is damaged"):
        open_catalog(tmp_path / "text")


def test_database_without_catalog_tables_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(CatalogError, match="isn't a song catalog"):
        open_catalog(tmp_path / "empty")


@pytest.mark.parametrize(("version", "message"), [(99, "newer MusicalFace"), (2, "Rebuild it")])
def test_other_catalog_formats_are_rejected(path: Path, version: int, message: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(CatalogError, match=message):
        open_catalog(path)


@pytest.mark.parametrize(
    "change",
    ["angry = 'abc'", "artist = X'ff00'", "happy = NULL", "deezer_id = 'x'", "known = 'x'"],
)
def test_invalid_values(run: Run, path: Path, change: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '')")
        connection.commit()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE songs SET {change}")
        connection.commit()
    result = run("songs", "happy", "--catalog", path)
    assert result.status == 1
    assert "is damaged" in result.err


def test_damaged_catalog_is_reported(run: Run, path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:-4096] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    result = run("songs", "happy", "--catalog", path)
    assert result.status == 1
    assert "is damaged" in result.err
    assert result.out == ""


def test_sqlite_quotes_what_is_damaged(tmp_path: Path) -> None:
    """Its message is then no text in UTF-8, and Python raises UnicodeDecodeError for it."""
    path = tmp_path / "damaged.sqlite"
    with closing(catalog_schema.create(path)) as connection:
        catalog_schema.finish(connection, {})
    content = path.read_bytes()
    assert content.count(b"CREATE TABLE facts") == 1
    path.write_bytes(content.replace(b"CREATE TABLE facts", b"CREATE TABLE f\xbects"))
    with pytest.raises(CatalogError, match="damaged"), open_catalog(path) as catalog:
        catalog.facts()
