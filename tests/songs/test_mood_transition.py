from collections.abc import Iterator
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest

from musicalface.identity import song_key
from musicalface.mood import MOODS, Mood, MoodScores
from musicalface.songs import (
    Catalog,
    Preferences,
    Song,
    catalog_schema,
    choose_songs,
    open_catalog,
    shift_songs,
)
from musicalface.songs.candidates import MIXED_QUERY


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    with open_catalog() as opened:
        yield opened


@pytest.mark.parametrize(("mood", "toward"), list(permutations(MOODS, 2)))
def test_shares_of_start_mixed_and_target_songs(catalog: Catalog, mood: Mood, toward: Mood) -> None:
    picks = shift_songs(catalog, mood, toward, seed=1)
    assert len({song_key(pick.song.artist, "") for pick in picks}) == len(picks) == 10
    assert {pick.song.mood for pick in picks[:3]} == {mood}
    assert {pick.song.mood for pick in picks[-3:]} == {toward}
    (v, a), (w, b) = mood.corner, toward.corner
    along = [p.song.moods.valence * (w - v) + p.song.moods.arousal * (b - a) for p in picks]
    assert along == sorted(along)
    assert along[0] < along[5] < along[-1]


def test_neighboring_moods_use_mixed_songs(tmp_path: Path) -> None:
    with closing(catalog_schema.create(tmp_path / "c.sqlite")) as connection:
        shares = [(0.1, 0.1, 0.4 + 0.01 * (i % 9), 0.4 - 0.01 * (i % 9)) for i in range(90)]
        shares += [share[:2] + share[:1:-1] for share in shares]
        shares += [(0.24, 0.24, 0.25, 0.27)] * 50
        songs = [Song(f"A {i}", "T", MoodScores.of(share)) for i, share in enumerate(shares)]
        catalog_schema.insert(connection, songs)
        catalog_schema.finish(connection, {})
    with open_catalog(tmp_path / "c.sqlite") as catalog:
        found = catalog.mixed(Mood.SAD, Mood.RELAXED, 18)
        songs = catalog.songs(found)
    assert [song.mood for song in songs] == [Mood.SAD] * 9 + [Mood.RELAXED] * 9
    assert all(abs(song.moods.sad - song.moods.relaxed) <= 0.021 for song in songs)


def test_opposite_moods_go_through_a_pleasant_mood(catalog: Catalog) -> None:
    middle = shift_songs(catalog, Mood.SAD, Mood.HAPPY, seed=2)[3:7]
    assert {pick.song.mood for pick in middle} == {Mood.RELAXED}
    assert all(pick.why.startswith("On the way, ") for pick in middle)


@pytest.mark.parametrize("count", [1, 2, 3, 5, 30])
def test_any_count(catalog: Catalog, count: int) -> None:
    assert len(shift_songs(catalog, Mood.SAD, Mood.RELAXED, count, seed=1)) == count


def test_query_uses_the_index_without_sorting(catalog: Catalog) -> None:
    rows = catalog._connection.execute(
        f"EXPLAIN QUERY PLAN {MIXED_QUERY}", ("sad", "happy", 0.3, 0.7, 9)
    )
    (step,) = rows.fetchall()
    assert step["detail"] == (
        "SEARCH songs USING COVERING INDEX songs_between "
        "(mood=? AND second=? AND second_sureness>?)"
    )


def test_recent_songs_are_not_repeated(catalog: Catalog) -> None:
    recent: set[str] = set()
    for seed in range(30):
        picks = choose_songs(
            catalog, Mood.HAPPY, seed=seed, preferences=Preferences(frozenset(recent))
        )
        picks += shift_songs(
            catalog, Mood.SAD, Mood.HAPPY, seed=seed, preferences=Preferences(frozenset(recent))
        )
        keys = {song_key(pick.song.artist, pick.song.title) for pick in picks}
        assert not keys & recent
        recent |= keys


def test_recent_songs_repeat_if_nothing_else_is_left(catalog: Catalog) -> None:
    everything = frozenset(song_key(song.artist, song.title) for song in catalog)
    assert len(choose_songs(catalog, Mood.SAD, seed=1, preferences=Preferences(everything))) == 10
