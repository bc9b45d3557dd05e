"""Weighted sampling of ten songs for a mood, from the most confident songs."""

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log10
from typing import Protocol

from ..identity import song_key
from ..mood import EvidenceKind, Mood
from .candidates import Candidate
from .reactions import NO_REACTIONS, Reactions
from .song import Song

POOL_SIZE = 300
"""Size of a mood's pool of most confident songs; see `benchmarks/listener_agreement.py`."""

MAX_ID_DEPTH = 4
"""If Spotify ids are preferred, the pool's songs with an id are among the first ones of the
mood, at most this many times the size of the pool."""

_KNOWN_ID_WEIGHT = 4.0
FAVOURITE_WEIGHT = 8.0
"""A liked song weighs eight times as much: with twenty of a mood, three or four of ten
songs are among them, and a few do not crowd out the others."""

_EVIDENCE_PHRASES: dict[EvidenceKind, str] = {
    "listeners": "listeners tag it as {mood}",
    "lyrics": "{mood} lyrics",
    "person": "you marked it as {mood}",
    "tag": "its mood tag says {mood}",
    "sound": "sounds {mood}",
    "sound and lyrics": "sound and lyrics are {mood}",
}


class SongStore(Protocol):
    """What songs are chosen from: the catalog or the user's library."""

    def most_confident(self, mood: Mood, limit: int) -> list[Candidate]:
        """Returns at most `limit` songs of a mood, most confident first."""

    def mixed(self, mood: Mood, other: Mood, limit: int) -> list[Candidate]:
        """Returns at most `limit` songs that share their probability between two moods."""

    def with_keys(self, keys: Iterable[str], mood: Mood) -> list[Candidate]:
        """Returns the songs of a mood that have one of the keys."""

    def evidence(self, candidates: Iterable[Candidate]) -> dict[int, str]:
        """Returns the kind of evidence of each candidate by its row id."""

    def songs(self, candidates: Iterable[Candidate]) -> list[Song]:
        """Returns the songs of candidates, in the same order."""


@dataclass(frozen=True)
class Preferences:
    """The user's recently chosen and liked songs, by `song_key`, and reactions to songs.

    Liked songs (`--mine`: those on Spotify) come first; recent songs come only if there are no
    others. `favourites` (songs liked in the app) are chosen more often, as are songs like
    those that the user's face has voted for. `prefer_spotify_id` puts songs with a known Spotify id
    first, for players that need one.
    """

    recent: frozenset[str] = frozenset()
    liked: frozenset[str] = frozenset()
    prefer_spotify_id: bool = False
    favourites: frozenset[str] = frozenset()
    reactions: Reactions = NO_REACTIONS


NO_PREFERENCES = Preferences()


@dataclass(frozen=True)
class Pick:
    """A chosen song, and the reason as a short phrase.

    `stretch` is the index of the stretch of a walk that the song is for (see `walk_songs`).
    """

    song: Song
    why: str
    stretch: int | None = None


def choose_songs(
    store: SongStore,
    mood: Mood,
    count: int = 10,
    seed: int | None = None,
    preferences: Preferences = NO_PREFERENCES,
) -> list[Pick]:
    """Returns at most `count` songs of a mood, liked ones first, then the most confident.

    Weighted sampling without replacement (Efraimidis & Spirakis, 2006) from the most
    confident songs of the mood and all liked ones. A song with a known id (Spotify or
    Deezer) weighs four times as much as one without. A song that listeners labelled a
    hundred times weighs three times as much as one that nobody labelled, because more
    people know it. A favourite weighs eight times as much. An artist repeats only if there
    are too few artists.
    The same seed, store and preferences give the same songs. Raises CatalogError or
    LibraryError if the store is damaged.
    """
    pool = weighted_order(
        candidate_pool(store, mood, count, preferences), resolve_seed(seed), preferences
    )
    chosen = distinct_artists(pool, count)
    chosen += distinct_songs(pool, count - len(chosen), chosen)
    ordered = sorted(chosen, key=lambda song: (song.key not in preferences.liked, -song.confidence))
    return [Pick(song, reason(song, preferences)) for song in store.songs(ordered)]


def candidate_pool(
    store: SongStore, mood: Mood, count: int, preferences: Preferences
) -> list[Candidate]:
    """Returns the pool of a mood: the most confident songs, the liked ones and the favourites.

    Not all of the most confident songs have a Spotify id, so if ids are preferred, the pool
    has as many songs with an id, from further down the ranking.
    """
    size = pool_size(count) + len(preferences.recent)
    confident = store.most_confident(
        mood, MAX_ID_DEPTH * size if preferences.prefer_spotify_id else size
    )
    with_id = [each for each in confident[size:] if each.has_id]
    missing = sum(not each.has_id for each in confident[:size])
    pool = confident[:size] + with_id[:missing]
    wanted = preferences.liked | preferences.favourites
    liked = store.with_keys(wanted, mood) if wanted else []
    every = {candidate.id: candidate for candidate in [*pool, *liked]}
    return with_factors(store, list(every.values()), preferences)


def with_factors(
    store: SongStore, candidates: list[Candidate], preferences: Preferences
) -> list[Candidate]:
    """Returns the candidates with the factors of the user's favourites and reactions."""
    favourites, reactions = preferences.favourites, preferences.reactions
    if not favourites and reactions == NO_REACTIONS:
        return candidates
    evidence = store.evidence(candidates) if reactions.evidence else {}
    return [
        each._replace(
            factor=(FAVOURITE_WEIGHT if each.key in favourites else 1.0)
            * reactions.factor(each.artist, evidence.get(each.id, ""))
        )
        for each in candidates
    ]


def pool_size(count: int) -> int:
    """Returns the size of the pool from which `count` songs are chosen."""
    return max(POOL_SIZE, 30 * count)


def weighted_order(
    pool: Iterable[Candidate], seed: int, preferences: Preferences
) -> list[Candidate]:
    """Returns the pool in a weighted random order; liked songs come first, recent ones last.

    A song's random number depends only on the seed and its key, so a change of the pool or
    the preferences does not reorder the other songs.
    """

    def rank(candidate: Candidate) -> tuple[bool, bool, bool, float]:
        priority = _uniform(seed, candidate.key) ** (1 / _weight(candidate))
        is_liked = candidate.key in preferences.liked
        fits = candidate.has_id or not preferences.prefer_spotify_id
        return candidate.key not in preferences.recent, is_liked, fits, priority

    return sorted(pool, key=rank, reverse=True)


def resolve_seed(seed: int | None) -> int:
    """Returns the seed, or a random one."""
    return random.getrandbits(64) if seed is None else seed


def distinct_artists(
    pool: Iterable[Candidate], count: int, others: Sequence[Candidate] = ()
) -> list[Candidate]:
    """Returns the first songs by `count` different artists, none of them an artist of `others`."""
    artists = {candidate.artist for candidate in others}
    chosen: list[Candidate] = []
    for candidate in pool:
        if len(chosen) == count:
            break
        if candidate.artist not in artists:
            artists.add(candidate.artist)
            chosen.append(candidate)
    return chosen


def distinct_songs(
    pool: Iterable[Candidate], count: int, others: Sequence[Candidate] = ()
) -> list[Candidate]:
    """Returns the first `count` songs that are not in `others`, by any artist."""
    known = {candidate.key for candidate in others}
    first = {candidate.key: candidate for candidate in pool if candidate.key not in known}
    return list(first.values())[: max(count, 0)]


def reason(song: Song, preferences: Preferences = NO_PREFERENCES) -> str:
    """Returns the reason for choosing a song, for example "Happy lyrics"."""
    phrase = song.why or _EVIDENCE_PHRASES[song.evidence].format(mood=song.mood.value)
    return _sentence(", ".join([*_like_phrases(song, preferences), phrase]))


def _sentence(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


def _like_phrases(song: Song, preferences: Preferences) -> list[str]:
    if not preferences.liked | preferences.favourites:
        return []
    key = song_key(song.artist, song.title)
    if key in preferences.favourites:
        return ["liked by you"]
    return ["in your Liked Songs on Spotify"] if key in preferences.liked else []


def _uniform(seed: int, key: str) -> float:
    """Returns a pseudo-random number, 0 to 1, that depends only on the seed and the key."""
    digest = hashlib.blake2b(f"{seed} {key}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64


def _weight(candidate: Candidate) -> float:
    playable = _KNOWN_ID_WEIGHT if candidate.is_playable else 1.0
    known = 1 + log10(1 + candidate.known)
    return max(candidate.confidence, 0.01) ** 2 * playable * known * candidate.factor
