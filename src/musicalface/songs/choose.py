"""Choosing ten: sure songs first, but never the same ten."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..mood import Mood
from .catalog import Candidate, Catalog
from .song import Song

POOL = {Mood.ANGRY: 600, Mood.HAPPY: 600, Mood.RELAXED: 300, Mood.SAD: 300}
"""Songs of a mood, the surest, that are drawn from; see `benchmarks/agreement.py`."""

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
    catalog: Catalog,
    mood: Mood,
    count: int = 10,
    seed: int | None = None,
    heard: frozenset[str] = frozenset(),
) -> list[Pick]:
    """At most `count` songs of a mood, no two by one artist, the surest first.

    Drawn by weight without replacement (Efraimidis & Spirakis, 2006) from the
    surest of the mood; a song with a known Spotify id weighs four times one
    without. Songs whose keys are `heard` come only when there are no others. The
    same seed, catalog and `heard` give the same songs. Raises CatalogError when the
    catalog is damaged.
    """
    chance = random.Random(seed)
    pool = catalog.surest(mood, pool_size(mood, count) + len(heard))
    chosen = one_an_artist(drawn(pool, chance, heard), count)
    ordered = sorted(chosen, key=lambda candidate: -candidate.sureness)
    return [Pick(song, why(song)) for song in catalog.songs(ordered)]


def pool_size(mood: Mood, count: int) -> int:
    """How many songs `count` of them are drawn from."""
    return max(POOL[mood], 30 * count)


def drawn(
    pool: Iterable[Candidate], chance: random.Random, heard: frozenset[str]
) -> list[Candidate]:
    """The pool in an order drawn by weight; songs that were heard come last."""

    def place(candidate: Candidate) -> tuple[bool, float]:
        return candidate.key not in heard, chance.random() ** (1 / _weight(candidate))

    return sorted(pool, key=place, reverse=True)


def one_an_artist(
    pool: Iterable[Candidate], count: int, others: Sequence[Candidate] = ()
) -> list[Candidate]:
    """The first songs by `count` different artists, who have none of the other songs."""
    known = {candidate.artist for candidate in others}
    chosen: list[Candidate] = []
    for candidate in pool:
        if len(chosen) == count:
            break
        if candidate.artist not in known:
            known.add(candidate.artist)
            chosen.append(candidate)
    return chosen


def why(song: Song) -> str:
    """What is known of the song, in a phrase."""
    who = "listeners call it" if song.evidence == "listeners" else "its words read as"
    return f"{who} {_FEELS[song.mood]}"


def _weight(candidate: Candidate) -> float:
    return max(candidate.sureness, 0.01) ** 2 * (_KNOWN_ID_WEIGHT if candidate.has_id else 1.0)
