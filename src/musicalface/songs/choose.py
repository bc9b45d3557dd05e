"""Choosing ten: sure songs first, but never the same ten."""

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..identity import song_key
from ..mood import Evidence, Mood
from .drawing import Candidate
from .song import Song

POOL = {Mood.ANGRY: 600, Mood.HAPPY: 600, Mood.RELAXED: 300, Mood.SAD: 300}
"""Songs of a mood, the surest, that are drawn from; see `benchmarks/agreement.py`."""

DEEPER = 4
"""Times the pool in which songs with an id are looked for, where one is needed."""

_KNOWN_ID_WEIGHT = 4.0

_WHO: dict[Evidence, str] = {
    "listeners": "listeners call it",
    "lyrics": "its words read as",
    "person": "you call it",
}
_FEELS = {
    Mood.ANGRY: "angry: tense and unpleasant",
    Mood.HAPPY: "happy: lively and pleasant",
    Mood.RELAXED: "relaxed: calm and pleasant",
    Mood.SAD: "sad: calm and unpleasant",
}


class Songbook(Protocol):
    """What songs are chosen from: a catalog, or the person's own music."""

    def surest(self, mood: Mood, limit: int) -> list[Candidate]:
        """At most `limit` songs of a mood, the surest first."""

    def between(self, mood: Mood, other: Mood, limit: int) -> list[Candidate]:
        """At most `limit` songs that are nearly half of the one mood, half of the other."""

    def among(self, keys: Iterable[str], mood: Mood) -> list[Candidate]:
        """The songs of a mood that have one of the keys."""

    def songs(self, candidates: Iterable[Candidate]) -> list[Song]:
        """The songs of candidates, in their order."""


@dataclass(frozen=True)
class Taste:
    """What the person has heard lately and what they like, by `song_key`.

    Liked songs come first, and heard ones only when there are no others; `with_id`
    puts songs with a known Spotify id before others, for who can play no others.
    """

    heard: frozenset[str] = frozenset()
    liked: frozenset[str] = frozenset()
    with_id: bool = False


NO_TASTE = Taste()


@dataclass(frozen=True)
class Pick:
    """A chosen song, and why in a phrase."""

    song: Song
    why: str


def choose_songs(
    songbook: Songbook,
    mood: Mood,
    count: int = 10,
    seed: int | None = None,
    taste: Taste = NO_TASTE,
) -> list[Pick]:
    """At most `count` songs of a mood, liked ones first, then the surest.

    Drawn by weight without replacement (Efraimidis & Spirakis, 2006) from the
    surest of the mood and all that are liked; a song with a known Spotify id weighs
    four times one without. No two are by one artist while there are others. The same
    seed, songbook and taste give the same songs. Raises CatalogError when the catalog
    is damaged.
    """
    pool = drawn(pool_of(songbook, mood, count, taste), seed_of(seed), taste)
    chosen = one_an_artist(pool, count)
    chosen += one_a_song(pool, count - len(chosen), chosen)
    ordered = sorted(chosen, key=lambda each: (each.key not in taste.liked, -each.sureness))
    return [Pick(song, why(song, taste)) for song in songbook.songs(ordered)]


def pool_of(songbook: Songbook, mood: Mood, count: int, taste: Taste) -> list[Candidate]:
    """The songs of a mood that are drawn from: the surest, and those that are liked.

    Few of the surest have an id: where one is needed it is looked for deeper.
    """
    size = pool_size(mood, count) + len(taste.heard)
    surest = songbook.surest(mood, DEEPER * size if taste.with_id else size)
    pool = surest[:size] + [each for each in surest[size:] if each.has_id]
    liked = songbook.among(taste.liked, mood) if taste.liked else []
    return list({candidate.id: candidate for candidate in [*pool, *liked]}.values())


def pool_size(mood: Mood, count: int) -> int:
    """How many songs `count` of them are drawn from."""
    return max(POOL[mood], 30 * count)


def drawn(pool: Iterable[Candidate], seed: int, taste: Taste) -> list[Candidate]:
    """The pool in an order drawn by weight; liked songs come first, heard ones last.

    A song's draw hangs on the seed and its key alone: where the pool or the taste is
    another, the other songs keep their places.
    """

    def place(candidate: Candidate) -> tuple[bool, bool, bool, float]:
        draw = _chance(seed, candidate.key) ** (1 / _weight(candidate))
        is_liked = candidate.key in taste.liked
        fits = candidate.has_id or not taste.with_id
        return candidate.key not in taste.heard, is_liked, fits, draw

    return sorted(pool, key=place, reverse=True)


def seed_of(seed: int | None) -> int:
    """The seed, or any."""
    return random.getrandbits(64) if seed is None else seed


def one_an_artist(
    pool: Iterable[Candidate], count: int, others: Sequence[Candidate] = ()
) -> list[Candidate]:
    """The first songs by `count` different artists, who have none of the other songs."""
    artists = {candidate.artist for candidate in others}
    chosen: list[Candidate] = []
    for candidate in pool:
        if len(chosen) == count:
            break
        if candidate.artist not in artists:
            artists.add(candidate.artist)
            chosen.append(candidate)
    return chosen


def one_a_song(
    pool: Iterable[Candidate], count: int, others: Sequence[Candidate] = ()
) -> list[Candidate]:
    """The first `count` songs that are none of the others, whoever plays them."""
    known = {candidate.key for candidate in others}
    first = {candidate.key: candidate for candidate in pool if candidate.key not in known}
    return list(first.values())[: max(count, 0)]


def why(song: Song, taste: Taste = NO_TASTE) -> str:
    """What is known of the song, in a phrase."""
    reason = f"{_WHO[song.evidence]} {_FEELS[song.mood]}"
    return f"you like it, and {reason}" if _is_liked(song, taste) else reason


def _is_liked(song: Song, taste: Taste) -> bool:
    return bool(taste.liked) and song_key(song.artist, song.title) in taste.liked


def _chance(seed: int, key: str) -> float:
    """From 0 to 1, the same for the same two."""
    digest = hashlib.blake2b(f"{seed} {key}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64


def _weight(candidate: Candidate) -> float:
    return max(candidate.sureness, 0.01) ** 2 * (_KNOWN_ID_WEIGHT if candidate.has_id else 1.0)
