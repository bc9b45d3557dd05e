from collections.abc import Iterator
from contextlib import closing
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
from musicalface.songs.sampling import distinct_artists


@pytest.fixture
def catalog(home: Path) -> Iterator[Catalog]:
    with open_catalog() as opened:
        yield opened


def catalog_of(songs: list[Song], folder: Path) -> Catalog:
    with closing(catalog_schema.create(folder / "few.sqlite")) as connection:
        catalog_schema.insert(connection, songs)
        catalog_schema.finish(connection, {})
    return open_catalog(folder / "few.sqlite")


@pytest.mark.parametrize("mood", MOODS)
def test_ten_songs_of_the_mood_by_ten_artists(catalog: Catalog, mood: Mood) -> None:
    picks = choose_songs(catalog, mood, seed=1)
    assert len(picks) == 10
    assert {pick.song.mood for pick in picks} == {mood}
    assert len({song_key(pick.song.artist, "") for pick in picks}) == 10
    sureness = [pick.song.moods.as_dict()[mood] for pick in picks]
    assert sureness == sorted(sureness, reverse=True)
    assert all(mood in pick.why.lower() for pick in picks)


def test_same_seed_gives_the_same_songs_without_a_seed_they_differ(catalog: Catalog) -> None:
    assert choose_songs(catalog, Mood.SAD, seed=5) == choose_songs(catalog, Mood.SAD, seed=5)
    assert choose_songs(catalog, Mood.SAD, seed=5) != choose_songs(catalog, Mood.SAD, seed=6)
    assert choose_songs(catalog, Mood.SAD) != choose_songs(catalog, Mood.SAD)


def test_songs_with_a_known_id_are_preferred(catalog: Catalog) -> None:
    pool = catalog.most_confident(Mood.SAD, 600)
    share = sum(candidate.is_playable for candidate in pool) / len(pool)
    picks = [pick for seed in range(50) for pick in choose_songs(catalog, Mood.SAD, seed=seed)]
    chosen = sum(bool(pick.song.spotify_id or pick.song.deezer_id) for pick in picks) / len(picks)
    assert chosen > (1 + share) / 2


def test_songs_that_many_listeners_labelled_are_preferred(tmp_path: Path) -> None:
    songs = [
        Song(f"Artist {i}", "Song", MoodScores.of((0, 0, 1, 0)), known=300 * (i % 2))
        for i in range(200)
    ]
    with catalog_of(songs, tmp_path) as catalog:
        picks = [p for seed in range(30) for p in choose_songs(catalog, Mood.RELAXED, seed=seed)]
    assert 0.65 < sum(pick.song.known > 0 for pick in picks) / len(picks) < 0.9


@pytest.mark.parametrize("count", [1, 3, 100])
def test_requested_count(catalog: Catalog, count: int) -> None:
    assert len(choose_songs(catalog, Mood.ANGRY, count, seed=1)) == count


def test_liked_songs_come_first_with_a_reason(catalog: Catalog) -> None:
    favorites = catalog.songs(distinct_artists(catalog.most_confident(Mood.HAPPY, 3000)[2000:], 4))
    liked = frozenset(song_key(song.artist, song.title) for song in favorites)
    picks = choose_songs(catalog, Mood.HAPPY, seed=2, preferences=Preferences(liked=liked))
    assert {pick.song for pick in picks[:4]} == set(favorites)
    said = [pick.why.startswith("In your Liked Songs on Spotify, ") for pick in picks]
    assert said == [True] * 4 + [False] * 6
    assert not any("Liked" in pick.why for pick in choose_songs(catalog, Mood.SAD, seed=2))


@pytest.mark.parametrize("mood", MOODS)
def test_prefer_spotify_id_gives_songs_with_ids(catalog: Catalog, mood: Mood) -> None:
    picks = choose_songs(catalog, mood, seed=3, preferences=Preferences(prefer_spotify_id=True))
    assert all(pick.song.spotify_id for pick in picks)
    assert {pick.song.mood for pick in picks} == {mood}


def test_recent_liked_songs_are_not_repeated(catalog: Catalog) -> None:
    (song,) = catalog.songs(catalog.most_confident(Mood.SAD, 1))
    key = frozenset({song_key(song.artist, song.title)})
    picks = choose_songs(catalog, Mood.SAD, seed=2, preferences=Preferences(recent=key, liked=key))
    assert song not in [pick.song for pick in picks]


def test_artists_repeat_only_if_needed_and_songs_never(tmp_path: Path) -> None:
    moods = MoodScores.of((0.1, 0.7, 0.1, 0.1))
    songs = [Song(f"A {i % 2}", f"T {i}", moods) for i in range(6)]
    with catalog_of(songs, tmp_path) as few:
        for picks in (
            choose_songs(few, Mood.HAPPY),
            shift_songs(few, Mood.HAPPY, Mood.SAD, 10),
        ):
            assert len({pick.song for pick in picks}) == len(picks) == 6
