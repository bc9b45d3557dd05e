import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from musicalface.errors import CatalogError, InputError
from musicalface.mood import MOODS, Mood, MoodScores
from musicalface.songs import Catalog, Song, open_catalog, schema
from musicalface.songs.catalog import KNOWN
from musicalface.songs.drawing import AMONG, SUREST
from tests.conftest import Run


def song(number: int, mood: int = 1, sure: float = 0.7, **facts: str) -> Song:
    rest = (1 - sure) / 3
    moods = MoodScores.of(sure if i == mood else rest for i in range(4))
    return Song(facts.get("artist", f"Artist {number}"), f"Title {number}", moods, "lyrics")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "catalog.sqlite"
    with closing(schema.create(target)) as connection:
        songs = (song(i, i % 4, 0.4 + i % 50 / 100) for i in range(2000))
        assert schema.insert(connection, songs) == 2000
        schema.finish(connection, {"model": "made up"})
    return target


def test_the_surest_of_a_mood_come_first(path: Path) -> None:
    with open_catalog(path) as catalog:
        found = catalog.surest(Mood.SAD, 20)
        songs = catalog.songs(found)
    assert len(songs) == 20
    assert {s.mood for s in songs} == {Mood.SAD}
    sureness = [s.moods.sad for s in songs]
    assert sureness == [candidate.sureness for candidate in found]
    assert sureness == sorted(sureness, reverse=True)
    assert sureness[0] > 0.85


def test_the_index_answers_without_sorting(path: Path) -> None:
    with Catalog(path) as catalog:
        query = f"EXPLAIN QUERY PLAN {SUREST}"
        (step,) = catalog._connection.execute(query, ("sad", 0.5, 0.15, 9)).fetchall()
    assert step["detail"] == (
        "SEARCH songs USING COVERING INDEX songs_by_mood (mood=? AND sureness>?)"
    )


@pytest.mark.parametrize("query", [AMONG, KNOWN])
def test_songs_are_found_by_their_keys(path: Path, query: str) -> None:
    values = ('["artist 3|title 3"]', "sad", 0.5, 0.15)[: query.count("?")]
    with Catalog(path) as catalog:
        steps = catalog._connection.execute(f"EXPLAIN QUERY PLAN {query}", values).fetchall()
        assert steps[0]["detail"] == "SEARCH songs USING INDEX sqlite_autoindex_songs_1 (key=?)"
        keys = ["artist31|title31", "artist3|title3", "artist4|title4", "no|thing"]
        known = catalog.known(keys)
        assert {song.artist for song in known.values()} == {"Artist 31", "Artist 3", "Artist 4"}
        assert known["artist3|title3"].title == "Title 3"
        assert {each.key for each in catalog.among(keys, Mood.SAD)} == {"artist31|title31"}


def test_a_song_that_nobody_can_place_is_not_played(tmp_path: Path) -> None:
    unplaced = [(0.49, 0.17, 0.17, 0.17), (0.5, 0.4, 0.05, 0.05), (0.25, 0.25, 0.25, 0.25)]
    placed = (0.5, 0.3, 0.1, 0.1)
    with closing(schema.create(tmp_path / "c.sqlite")) as connection:
        songs = [Song(f"A {i}", "T", MoodScores.of(s)) for i, s in enumerate([*unplaced, placed])]
        schema.insert(connection, songs)
        schema.finish(connection, {})
    with open_catalog(tmp_path / "c.sqlite") as catalog:
        assert [c.artist for c in catalog.surest(Mood.ANGRY, 9)] == ["a3"]
        assert len(catalog) == 4


def test_counts_length_order_and_facts(path: Path) -> None:
    with Catalog(path) as catalog:
        assert len(catalog) == 2000
        assert catalog.counts() == dict.fromkeys(MOODS, 500)
        assert [s.title for s in catalog][:2] == ["Title 0", "Title 1"]
        assert catalog.facts() == {"model": "made up"}


def test_a_song_stands_once(path: Path, tmp_path: Path) -> None:
    with closing(schema.create(tmp_path / "other.sqlite")) as connection:
        assert schema.insert(connection, [song(1), song(1, artist="ARTIST 1"), song(2)]) == 2


def test_no_such_catalog(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no catalog"):
        open_catalog(tmp_path / "none.sqlite")


def test_a_text_is_no_catalog(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello " * 200)
    with pytest.raises(CatalogError, match="is damaged"):
        open_catalog(tmp_path / "text")


def test_another_database_is_no_catalog(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(CatalogError, match="is no song catalog"):
        open_catalog(tmp_path / "empty")


def test_a_newer_catalog_is_refused(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(CatalogError, match="newer MusicalFace"):
        open_catalog(path)


@pytest.mark.parametrize("change", ["angry = 'abc'", "artist = X'ff00'", "happy = NULL"])
def test_values_that_cannot_be(run: Run, path: Path, change: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '')")
        connection.commit()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE songs SET {change}")
        connection.commit()
    told = run("songs", "happy", "--catalog", path)
    assert told.status == 1
    assert "is damaged" in told.err


def test_a_damaged_catalog_is_told_by_the_command(run: Run, path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:-4096] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    told = run("songs", "happy", "--catalog", path)
    assert told.status == 1
    assert "is damaged" in told.err
    assert told.out == ""
