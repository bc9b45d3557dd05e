from collections.abc import Iterator
from pathlib import Path

import pytest

from musicalface.identity import song_key
from musicalface.mood import MOODS, Mood
from musicalface.songs import Catalog, choose_songs, open_catalog


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
