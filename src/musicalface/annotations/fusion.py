"""Fusion of annotation sources into mood evidence; each source is weighted by its agreement."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..mood import MOODS, Mood
from . import tag_counts, valence_arousal
from .agreement import CHANCE, source_agreements
from .sources import AnnotationSource

MoodEvidence = Mapping[str, NDArray[np.float64]]
"""Log-likelihoods (4,) in the order of MOODS, by `song_key`."""

POINTS_BESIDE_COUNTS = 0.25
"""Weight of a song's point if another source has counts of it, because both are made of tags."""

TAGS_OF_HALF_EVIDENCE = 10
"""A song with so many tags counts half as much as one with very many."""

_MIN_ACCURACY = 0.5  # less accurate sources provide no labels for points and counts

_Keyed = Iterator[tuple[str, NDArray[np.float64]]]
_Accuracies = Mapping[str, float]


def fuse(sources: Sequence[AnnotationSource]) -> MoodEvidence:
    """Returns the combined evidence for each song that has an annotation.

    A label is weighted by the accuracy of its source (naive Bayes; Dawid & Skene, 1979, with
    one accuracy per source, estimated from its agreement with the others). A point, or the
    counts of a song, become evidence by a logistic map that is fitted to the labels of the
    other sources.
    """
    accuracies = {
        name: agreement.accuracy for name, agreement in source_agreements(sources).items()
    }
    evidence_by_song: dict[str, NDArray[np.float64]] = {}
    for source in sources:
        others = [other for other in sources if other is not source]
        for key, evidence in _evidence(source, others, accuracies):
            evidence_by_song[key] = evidence_by_song.get(key, 0.0) + evidence
    return evidence_by_song


def _evidence(
    source: AnnotationSource, others: Sequence[AnnotationSource], accuracies: _Accuracies
) -> _Keyed:
    accuracy = accuracies[source.name]
    evidence_by_mood = {mood: _label_evidence(mood, accuracy) for mood in MOODS}
    yield from ((key, evidence_by_mood[mood]) for key, mood in source.moods.items())
    labels = _labels_of(others, accuracies) if source.points or source.counts else {}
    if source.points:
        counted = frozenset[str]().union(*(other.counts for other in others))
        yield from _points_evidence(source.points, labels, counted)
    if source.counts:
        yield from _counts_evidence(source.counts, labels, accuracy)


def _points_evidence(
    by_song: Mapping[str, tuple[float, float]], labels: Mapping[str, Mood], counted: Collection[str]
) -> _Keyed:
    points = valence_arousal.to_array(list(by_song.values()))
    shared, moods = _shared_labels(by_song, labels)
    weights = valence_arousal.fit(points[shared], moods)
    for key, evidence in zip(
        by_song, valence_arousal.log_likelihoods(weights, points), strict=True
    ):
        yield key, evidence * POINTS_BESIDE_COUNTS if key in counted else evidence


def _counts_evidence(
    by_song: Mapping[str, tuple[int, ...]], labels: Mapping[str, Mood], accuracy: float
) -> _Keyed:
    """Yields evidence that is weaker for few tags.

    It is weaker too if the tags agree with other sources in less than half of the songs.
    """
    counts = tag_counts.to_array(list(by_song.values()))
    shared, moods = _shared_labels(by_song, labels)
    weights = tag_counts.fit(counts[shared], moods)
    trust = float(np.clip((accuracy - CHANCE) / (_MIN_ACCURACY - CHANCE), 0, 1))
    tags = counts.sum(1, keepdims=True)
    logs = tag_counts.log_likelihoods(weights, counts)
    yield from zip(by_song, trust * tags / (tags + TAGS_OF_HALF_EVIDENCE) * logs, strict=True)


def _labels_of(sources: Sequence[AnnotationSource], accuracies: _Accuracies) -> Mapping[str, Mood]:
    """The labels to fit a map to; the most accurate source labels each song."""
    labels_by_song: dict[str, Mood] = {}
    for source in sorted(sources, key=lambda source: accuracies[source.name]):
        if accuracies[source.name] > _MIN_ACCURACY:
            labels_by_song |= source.moods
    return labels_by_song


def _shared_labels(
    keys: Collection[str], labels: Mapping[str, Mood]
) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """The places of the keys that have a label, and their labels in the order of MOODS."""
    places = [place for place, key in enumerate(keys) if key in labels]
    moods = [MOODS.index(labels[key]) for key in keys if key in labels]
    return np.array(places, np.intp), np.array(moods, np.int64)


def _label_evidence(mood: Mood, accuracy: float) -> NDArray[np.float64]:
    wrong = (1 - accuracy) / (len(MOODS) - 1)
    return np.log([accuracy if other is mood else wrong for other in MOODS])
