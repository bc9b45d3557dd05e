"""Mood walk: chooses one song for each stretch of a mood curve."""

from collections.abc import Sequence

from ..mood import Mood, MoodScores
from .candidates import Candidate
from .mood_transition import between
from .sampling import (
    NO_PREFERENCES,
    Pick,
    Preferences,
    SongStore,
    candidate_pool,
    distinct_artists,
    distinct_songs,
    reason,
    resolve_seed,
    weighted_order,
)


def walk_songs(
    store: SongStore,
    stretches: Sequence[MoodScores],
    seed: int | None = None,
    preferences: Preferences = NO_PREFERENCES,
) -> list[Pick]:
    """Returns at most one song for each stretch, in the order of the stretches.

    A stretch with a clear mood gets a song of that mood. Another one gets a song between its two
    most likely moods, as in `shift_songs`, or of the first one if there is none. Otherwise like
    `choose_songs`.
    """
    walk = _Walk(store, len(stretches), resolve_seed(seed), preferences)
    return [pick for index, moods in enumerate(stretches) for pick in walk.next(index, moods)]


class _Walk:
    """The songs chosen so far; the pool of each mood is drawn once."""

    def __init__(self, store: SongStore, count: int, seed: int, preferences: Preferences) -> None:
        self._store, self._count = store, count
        self._seed, self._preferences = seed, preferences
        self._pools: dict[tuple[Mood, ...], list[Candidate]] = {}
        self._chosen: list[Candidate] = []

    def next(self, stretch: int, scores: MoodScores) -> list[Pick]:
        """The song for a stretch, in a list; an empty list if there is none left."""
        for moods in _moods_of(scores):
            pool = self._pool(moods)
            found = distinct_artists(pool, 1, self._chosen) or distinct_songs(pool, 1, self._chosen)
            if found:
                self._chosen += found
                return [
                    Pick(song, reason(song, self._preferences), stretch)
                    for song in self._store.songs(found)
                ]
        return []

    def _pool(self, moods: tuple[Mood, ...]) -> list[Candidate]:
        if moods not in self._pools:
            self._pools[moods] = weighted_order(
                self._candidates(moods), self._seed, self._preferences
            )
        return self._pools[moods]

    def _candidates(self, moods: tuple[Mood, ...]) -> list[Candidate]:
        if len(moods) == 1:
            return candidate_pool(self._store, moods[0], self._count, self._preferences)
        first, second = moods
        return between(self._store, first, second, self._count, self._preferences)


def _moods_of(scores: MoodScores) -> list[tuple[Mood, ...]]:
    """The moods to look for, best first: one mood, or two that the song is between."""
    first, second = sorted(Mood, key=lambda mood: -scores.as_dict()[mood])[:2]
    return [(first,)] if scores.sure else [(first, second), (first,), (second,)]
