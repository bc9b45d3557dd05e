"""All that listeners said of a song becomes one verdict, each source weighted by its agreement."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..mood import MOODS, Mood
from . import plane
from .sources import Source

Verdicts = Mapping[str, NDArray[np.float64]]
"""Log-likelihoods (4,) of the moods, in their order, by `song_key`."""

_COIN = 0.5  # a source that is oftener wrong than right explains no point
_HITS, _TRIES = 4.0, 6.0  # a source that shares no song with another is right in two of three


@dataclass(frozen=True)
class Agreement:
    """How many of a source's words on songs that another source speaks of are the same."""

    shared: int
    accuracy: float


def agreements(sources: Sequence[Source]) -> dict[str, Agreement]:
    """How well each source agrees with the others, by its name."""
    said = {source.name: source.said for source in sources}
    return {
        name: _agreement(words, [other for at, other in said.items() if at != name])
        for name, words in said.items()
    }


def heard(sources: Sequence[Source]) -> Verdicts:
    """What the sources say of each song that one of them knows.

    A word counts by how likely its source is to be right (naive Bayes; Dawid &
    Skene, 1979, with one accuracy a source, taken from how often it agrees with
    the others). A point counts by a logistic map, fitted to the words of the others.
    """
    trust = {name: agreement.accuracy for name, agreement in agreements(sources).items()}
    verdicts: dict[str, NDArray[np.float64]] = {}
    for source in sources:
        others = [other for other in sources if other is not source]
        for key, evidence in _evidence(source, others, trust):
            verdicts[key] = verdicts.get(key, 0.0) + evidence
    return verdicts


def _evidence(
    source: Source, others: Sequence[Source], trust: Mapping[str, float]
) -> Iterator[tuple[str, NDArray[np.float64]]]:
    words = {mood: _word(mood, trust[source.name]) for mood in MOODS}
    yield from ((key, words[mood]) for key, mood in source.moods.items())
    if source.points:
        weights = _map(source, others, trust)
        points = plane.points_of(list(source.points.values()))
        yield from zip(source.points, plane.log_likelihoods(weights, points), strict=True)


def _map(source: Source, others: Sequence[Source], trust: Mapping[str, float]) -> plane.Weights:
    """The word of the most trusted of the others stands for a song."""
    words: dict[str, Mood] = {}
    for other in sorted(others, key=lambda other: trust[other.name]):
        if trust[other.name] > _COIN:
            words |= other.moods
    shared = [key for key in source.points if key in words]
    labels = np.array([MOODS.index(words[key]) for key in shared], np.int64)
    return plane.fit(plane.points_of([source.points[key] for key in shared]), labels)


def _word(mood: Mood, accuracy: float) -> NDArray[np.float64]:
    wrong = (1 - accuracy) / (len(MOODS) - 1)
    return np.log([accuracy if other is mood else wrong for other in MOODS])


def _agreement(words: Mapping[str, Mood], others: Sequence[Mapping[str, Mood]]) -> Agreement:
    same = [other[key] is mood for key, mood in words.items() for other in others if key in other]
    return Agreement(len(same), (sum(same) + _HITS) / (len(same) + _TRIES))
