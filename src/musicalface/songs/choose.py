"""Choosing ten: sure songs first, but never the same ten."""

import random
from dataclasses import dataclass

from ..mood import Mood
from .catalog import Catalog
from .song import Song, song_key

POOL = 600
"""Songs of a mood, the surest, that are drawn from."""

_KNOWN_ID_WEIGHT = 4.0

_FEELS = {
    Mood.ANGRY: "angry: tense and unpleasant",
    Mood.HAPPY: "happy: lively and pleasant",
    Mood.RELAXED: "relaxed: calm and pleasant",
    Mood.SAD: "sad: calm and unpleasant",
}


@dataclass(frozen=True)
class Pick:
    """A chosen song, and why in a phrase."""

    song: Song
    why: str


def choose_songs(
    catalog: Catalog, mood: Mood, count: int = 10, seed: int | None = None
) -> list[Pick]:
    """At most `count` songs of a mood, no two by one artist, the surest first.

    Drawn by weight without replacement (Efraimidis & Spirakis, 2006) from the
    surest of the mood; a song with a known Spotify id weighs four times one
    without. The same seed and catalog give the same songs. Raises CatalogError
    when the catalog is damaged.
    """
    chance = random.Random(seed)
    pool = catalog.surest(mood, max(POOL, 30 * count))
    drawn = sorted(pool, key=lambda song: chance.random() ** (1 / _weight(song)), reverse=True)
    chosen = _one_an_artist(drawn, count)
    ordered = sorted(chosen, key=lambda song: -song.moods.as_dict()[mood])
    return [Pick(song, _why(song)) for song in ordered]


def _weight(song: Song) -> float:
    sureness = song.moods.as_dict()[song.mood]
    return max(sureness, 0.01) ** 2 * (_KNOWN_ID_WEIGHT if song.spotify_id else 1.0)


def _one_an_artist(songs: list[Song], count: int) -> list[Song]:
    """The first songs by `count` different artists."""
    by_artist: dict[str, Song] = {}
    for song in songs:
        by_artist.setdefault(song_key(song.artist, ""), song)
        if len(by_artist) == count:
            break
    return list(by_artist.values())


def _why(song: Song) -> str:
    who = "listeners call it" if song.evidence == "listeners" else "its words read as"
    return f"{who} {_FEELS[song.mood]}"
