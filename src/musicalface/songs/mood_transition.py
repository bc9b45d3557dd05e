"""Mood transition: chooses songs that move gradually from one mood to another."""

from ..mood import Mood
from .candidates import Candidate
from .sampling import (
    NO_PREFERENCES,
    Pick,
    Preferences,
    SongStore,
    candidate_pool,
    distinct_artists,
    distinct_songs,
    pool_size,
    reason,
    resolve_seed,
    weighted_order,
    with_factors,
)
from .song import Song

START_SHARE, TARGET_SHARE = 0.3, 0.3
"""Shares of songs of the start mood and of the target mood."""

_OPPOSITE = {
    Mood.ANGRY: Mood.RELAXED,
    Mood.RELAXED: Mood.ANGRY,
    Mood.HAPPY: Mood.SAD,
    Mood.SAD: Mood.HAPPY,
}
_SAID = ("person", "tag")
_PLEASANT_BETWEEN = {
    frozenset({Mood.SAD, Mood.HAPPY}): Mood.RELAXED,
    frozenset({Mood.ANGRY, Mood.RELAXED}): Mood.HAPPY,
}


def shift_songs(
    store: SongStore,
    mood: Mood,
    toward: Mood,
    count: int = 10,
    seed: int | None = None,
    preferences: Preferences = NO_PREFERENCES,
) -> list[Pick]:
    """Returns at most `count` songs that move from one mood to another.

    Of ten songs, three match the start mood, four are in between, and three match the
    target mood, ordered along the line between the two corners of the valence-arousal
    plane. Between adjacent moods, the middle songs are those that share their probability
    between both; between opposite moods, they are songs of the pleasant mood adjacent to
    both. If there are too few, the rest is filled from the two moods. Otherwise like
    `choose_songs`.
    """
    seed = resolve_seed(seed)
    first, last = max(1, round(START_SHARE * count)), round(TARGET_SHARE * count)
    start, end = (candidate_pool(store, each, count, preferences) for each in (mood, toward))
    chosen: list[Candidate] = []
    for pool, total in (
        (start, first),
        (end, first + min(last, count - first)),
        (between(store, mood, toward, count, preferences), count),
        (start + end, count),
    ):
        chosen += distinct_artists(
            weighted_order(pool, seed, preferences), total - len(chosen), chosen
        )
    chosen += distinct_songs(
        weighted_order(start + end, seed, preferences), count - len(chosen), chosen
    )
    ordered = sorted(store.songs(chosen), key=lambda song: _progress(song, mood, toward))
    return [Pick(song, _reason(song, mood, toward, preferences)) for song in ordered]


def between(
    store: SongStore, mood: Mood, toward: Mood, count: int, preferences: Preferences
) -> list[Candidate]:
    """Returns songs that share their probability between two moods.

    Between opposite moods, they are songs of the pleasant mood adjacent to both.
    """
    if _OPPOSITE[mood] is toward:
        return candidate_pool(
            store, _PLEASANT_BETWEEN[frozenset({mood, toward})], count, preferences
        )
    mixed = store.mixed(mood, toward, (pool_size(count) + len(preferences.recent)) // 4)
    return with_factors(store, mixed, preferences)


def _progress(song: Song, mood: Mood, toward: Mood) -> float:
    """Returns the position along the line from one corner of the plane to the other, unscaled.

    The sound of a song decides where it is known, unless the user has said the mood.
    """
    moods = song.moods if song.evidence in _SAID or not song.sound else song.sound
    (from_valence, from_arousal), (to_valence, to_arousal) = mood.corner, toward.corner
    return moods.valence * (to_valence - from_valence) + moods.arousal * (to_arousal - from_arousal)


def _reason(song: Song, mood: Mood, toward: Mood, preferences: Preferences) -> str:
    phrase = reason(song, preferences)
    if song.mood in (mood, toward):
        return phrase
    return f"On the way, {phrase[:1].lower()}{phrase[1:]}"
