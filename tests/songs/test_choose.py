from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from musicalface.identity import song_key
from musicalface.mood import MOODS, Mood, MoodScores
from musicalface.songs import (
    Catalog,
    Song,
    Taste,
    choose_songs,
    open_catalog,
    schema,
    shift_songs,
)
from musicalface.songs.choose import one_an_artist


@pytest.fixture
def catalog(home: Path) -> Iterator[Catalog]:
    with open_catalog() as opened:
        yield opened


@pytest.mark.parametrize("mood", MOODS)
def test_ten_songs_of_the_mood_by_ten_artists(catalog: Catalog, mood: Mood) -> None:
    picks = choose_songs(catalog, mood, seed=1)
    assert len(picks) == 10
    assert {pick.song.mood for pick in picks} == {mood}
    assert len({song_key(pick.song.artist, "") for pick in picks}) == 10
    sureness = [pick.song.moods.as_dict()[mood] for pick in picks]
    assert sureness == sorted(sureness, reverse=True)
    assert all(mood in pick.why for pick in picks)


def test_a_seed_gives_the_same_songs_and_none_gives_others(catalog: Catalog) -> None:
    assert choose_songs(catalog, Mood.SAD, seed=5) == choose_songs(catalog, Mood.SAD, seed=5)
    assert choose_songs(catalog, Mood.SAD, seed=5) != choose_songs(catalog, Mood.SAD, seed=6)
    assert choose_songs(catalog, Mood.SAD) != choose_songs(catalog, Mood.SAD)


def test_songs_with_a_known_id_are_preferred(catalog: Catalog) -> None:
    pool = catalog.surest(Mood.HAPPY, 600)
    share = sum(candidate.has_id for candidate in pool) / len(pool)
    picks = [pick for seed in range(50) for pick in choose_songs(catalog, Mood.HAPPY, seed=seed)]
    chosen = sum(bool(pick.song.spotify_id) for pick in picks) / len(picks)
    assert chosen > 1.5 * share


@pytest.mark.parametrize("count", [1, 3, 100])
def test_as_many_as_are_asked_for(catalog: Catalog, count: int) -> None:
    assert len(choose_songs(catalog, Mood.ANGRY, count, seed=1)) == count


def test_liked_songs_come_first_and_say_so(catalog: Catalog) -> None:
    deep = catalog.songs(one_an_artist(catalog.surest(Mood.HAPPY, 3000)[2000:], 4))
    liked = frozenset(song_key(song.artist, song.title) for song in deep)
    picks = choose_songs(catalog, Mood.HAPPY, seed=2, taste=Taste(liked=liked))
    assert {pick.song for pick in picks[:4]} == set(deep)
    assert [pick.why.startswith("you like it, and ") for pick in picks] == [True] * 4 + [False] * 6
    assert not any("you like" in pick.why for pick in choose_songs(catalog, Mood.SAD, seed=2))


@pytest.mark.parametrize("mood", MOODS)
def test_who_needs_ids_gets_songs_with_ids(catalog: Catalog, mood: Mood) -> None:
    picks = choose_songs(catalog, mood, seed=3, taste=Taste(with_id=True))
    assert all(pick.song.spotify_id for pick in picks)
    assert {pick.song.mood for pick in picks} == {mood}


def test_liked_songs_that_were_heard_lately_wait(catalog: Catalog) -> None:
    (song,) = catalog.songs(catalog.surest(Mood.SAD, 1))
    key = frozenset({song_key(song.artist, song.title)})
    picks = choose_songs(catalog, Mood.SAD, seed=2, taste=Taste(heard=key, liked=key))
    assert song not in [pick.song for pick in picks]


def test_few_artists_come_again_and_no_song_twice(tmp_path: Path) -> None:
    moods = MoodScores.of((0.1, 0.7, 0.1, 0.1))
    with closing(schema.create(tmp_path / "few.sqlite")) as connection:
        schema.insert(connection, [Song(f"A {i % 2}", f"T {i}", moods) for i in range(6)])
        schema.finish(connection, {})
    with open_catalog(tmp_path / "few.sqlite") as few:
        for picks in (
            choose_songs(few, Mood.HAPPY),
            shift_songs(few, Mood.HAPPY, Mood.SAD, 10),
        ):
            assert len({pick.song for pick in picks}) == len(picks) == 6
