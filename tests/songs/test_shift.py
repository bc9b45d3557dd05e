from collections.abc import Iterator
from itertools import permutations

import pytest

from musicalface.mood import MOODS, Mood
from musicalface.songs import Catalog, choose_songs, open_catalog, shift_songs
from musicalface.songs.catalog import _BETWEEN
from musicalface.songs.song import song_key


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    with open_catalog() as opened:
        yield opened


@pytest.mark.parametrize(("mood", "toward"), list(permutations(MOODS, 2)))
def test_three_match_four_lie_between_three_are_there(
    catalog: Catalog, mood: Mood, toward: Mood
) -> None:
    picks = shift_songs(catalog, mood, toward, seed=1)
    assert len({song_key(pick.song.artist, "") for pick in picks}) == len(picks) == 10
    assert {pick.song.mood for pick in picks[:3]} == {mood}
    assert {pick.song.mood for pick in picks[-3:]} == {toward}
    (v, a), (w, b) = mood.corner, toward.corner
    along = [p.song.moods.valence * (w - v) + p.song.moods.arousal * (b - a) for p in picks]
    assert along == sorted(along)
    assert along[0] < along[5] < along[-1]


def test_between_opposites_the_way_is_pleasant(catalog: Catalog) -> None:
    middle = shift_songs(catalog, Mood.SAD, Mood.HAPPY, seed=2)[3:7]
    assert {pick.song.mood for pick in middle} == {Mood.RELAXED}
    assert all(pick.why.startswith("on the way, ") for pick in middle)


@pytest.mark.parametrize("count", [1, 2, 3, 5, 30])
def test_any_number(catalog: Catalog, count: int) -> None:
    assert len(shift_songs(catalog, Mood.SAD, Mood.RELAXED, count, seed=1)) == count


def test_the_index_answers_without_sorting(catalog: Catalog) -> None:
    rows = catalog._connection.execute(f"EXPLAIN QUERY PLAN {_BETWEEN}", ("sad", "happy", 9))
    (step,) = rows.fetchall()
    assert step["detail"] == "SEARCH songs USING INDEX songs_between (mood=? AND second=?)"


def test_what_was_heard_is_not_chosen_again(catalog: Catalog) -> None:
    heard: set[str] = set()
    for seed in range(30):
        picks = choose_songs(catalog, Mood.HAPPY, seed=seed, heard=frozenset(heard))
        picks += shift_songs(catalog, Mood.SAD, Mood.HAPPY, seed=seed, heard=frozenset(heard))
        keys = {song_key(pick.song.artist, pick.song.title) for pick in picks}
        assert not keys & heard
        heard |= keys


def test_when_all_was_heard_it_comes_again(catalog: Catalog) -> None:
    everything = frozenset(song_key(song.artist, song.title) for song in catalog)
    assert len(choose_songs(catalog, Mood.SAD, seed=1, heard=everything)) == 10
