"""A walk from one mood to another: songs that match, songs between, songs that are there."""

from ..mood import Mood
from .choose import (
    NO_TASTE,
    Pick,
    Songbook,
    Taste,
    drawn,
    one_a_song,
    one_an_artist,
    pool_of,
    pool_size,
    seed_of,
    why,
)
from .drawing import Candidate
from .song import Song

MATCHING, ARRIVED = 0.3, 0.3
"""The shares of the songs that are of the first mood, and of the wanted one."""

_OPPOSITE = {
    Mood.ANGRY: Mood.RELAXED,
    Mood.RELAXED: Mood.ANGRY,
    Mood.HAPPY: Mood.SAD,
    Mood.SAD: Mood.HAPPY,
}
_PLEASANT_WAY = {
    frozenset({Mood.SAD, Mood.HAPPY}): Mood.RELAXED,
    frozenset({Mood.ANGRY, Mood.RELAXED}): Mood.HAPPY,
}


def shift_songs(
    songbook: Songbook,
    mood: Mood,
    toward: Mood,
    count: int = 10,
    seed: int | None = None,
    taste: Taste = NO_TASTE,
) -> list[Pick]:
    """At most `count` songs that go from a mood to another.

    Three of ten match the mood, four lie between, three are of the wanted mood; all
    are ordered along the way on the valence-arousal plane. Between neighbours lie
    the songs that are nearly half of the one, half of the other; between opposites,
    the songs of the pleasant mood that neighbours both. Where too few lie between, more
    are of the two moods. Otherwise as `choose_songs`.
    """
    seed = seed_of(seed)
    first, last = max(1, round(MATCHING * count)), round(ARRIVED * count)
    start, end = (pool_of(songbook, each, count, taste) for each in (mood, toward))
    chosen: list[Candidate] = []
    for pool, wanted in (
        (start, first),
        (end, first + min(last, count - first)),
        (_between(songbook, mood, toward, count, taste), count),
        (start + end, count),
    ):
        chosen += one_an_artist(drawn(pool, seed, taste), wanted - len(chosen), chosen)
    chosen += one_a_song(drawn(start + end, seed, taste), count - len(chosen), chosen)
    ordered = sorted(songbook.songs(chosen), key=lambda song: _progress(song, mood, toward))
    return [Pick(song, _why(song, mood, toward, taste)) for song in ordered]


def _between(
    songbook: Songbook, mood: Mood, toward: Mood, count: int, taste: Taste
) -> list[Candidate]:
    if _OPPOSITE[mood] is toward:
        return pool_of(songbook, _PLEASANT_WAY[frozenset({mood, toward})], count, taste)
    return songbook.between(mood, toward, (pool_size(mood, count) + len(taste.heard)) // 4)


def _progress(song: Song, mood: Mood, toward: Mood) -> float:
    """How far along the way from one corner of the plane to the other, any scale."""
    (from_valence, from_arousal), (to_valence, to_arousal) = mood.corner, toward.corner
    valence, arousal = song.moods.valence, song.moods.arousal
    return valence * (to_valence - from_valence) + arousal * (to_arousal - from_arousal)


def _why(song: Song, mood: Mood, toward: Mood, taste: Taste) -> str:
    reason = why(song, taste)
    return reason if song.mood in (mood, toward) else f"on the way, {reason}"
