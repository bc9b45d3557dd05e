"""A walk from one mood to another: songs that match, songs between, songs that are there."""

import random

from ..mood import Mood
from .catalog import Candidate, Catalog
from .choose import Pick, drawn, one_an_artist, pool_size, why
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
    catalog: Catalog,
    mood: Mood,
    toward: Mood,
    count: int = 10,
    seed: int | None = None,
    heard: frozenset[str] = frozenset(),
) -> list[Pick]:
    """At most `count` songs that go from a mood to another, no two by one artist.

    Three of ten match the mood, four lie between, three are of the wanted mood; all
    are ordered along the way on the valence-arousal plane. Between neighbours lie
    the songs that are nearly half of the one, half of the other; between opposites,
    the songs of the pleasant mood that neighbours both. Where too few lie between, more
    are of the two moods. Otherwise as `choose_songs`.
    """
    chance = random.Random(seed)
    first, last = max(1, round(MATCHING * count)), round(ARRIVED * count)
    start, end = (
        catalog.surest(each, pool_size(each, count) + len(heard)) for each in (mood, toward)
    )
    chosen: list[Candidate] = []
    for pool, wanted in (
        (start, first),
        (end, first + min(last, count - first)),
        (_between(catalog, mood, toward, count, len(heard)), count),
        (start + end, count),
    ):
        chosen += one_an_artist(drawn(pool, chance, heard), wanted - len(chosen), chosen)
    ordered = sorted(catalog.songs(chosen), key=lambda song: _progress(song, mood, toward))
    return [Pick(song, _why(song, mood, toward)) for song in ordered]


def _between(catalog: Catalog, mood: Mood, toward: Mood, count: int, heard: int) -> list[Candidate]:
    if _OPPOSITE[mood] is toward:
        way = _PLEASANT_WAY[frozenset({mood, toward})]
        return catalog.surest(way, pool_size(way, count) + heard)
    return catalog.between(mood, toward, (pool_size(mood, count) + heard) // 4)


def _progress(song: Song, mood: Mood, toward: Mood) -> float:
    """How far along the way from one corner of the plane to the other, any scale."""
    (from_valence, from_arousal), (to_valence, to_arousal) = mood.corner, toward.corner
    valence, arousal = song.moods.valence, song.moods.arousal
    return valence * (to_valence - from_valence) + arousal * (to_arousal - from_arousal)


def _why(song: Song, mood: Mood, toward: Mood) -> str:
    return why(song) if song.mood in (mood, toward) else f"on the way, {why(song)}"
