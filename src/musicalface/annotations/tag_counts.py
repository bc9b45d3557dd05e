"""Map from counts of emotion tags to mood log-likelihoods."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..mood import EMOTION_TAGS, MOODS, Mood
from . import mood_regression
from .mood_regression import Features, Weights

Counts = NDArray[np.float64]

CLEAR_SHARE = 0.6
"""Share of the tags that suggest one mood, from which that mood is a label."""

_START = 0.7  # what a tag says of the mood that it suggests, before any label is seen
_MOOD_OF_TAG = np.array(
    [[mood is suggested for mood in MOODS] for suggested in EMOTION_TAGS.values()], float
)  # (27, 4)


def fit(counts: Counts, labels: NDArray[np.int64]) -> Weights:
    """Fits weights (55, 4) of a logistic map from counts (N, 27) to labels (N,) in MOODS order.

    The features are the logarithms of the counts, which grow with the number of tags, and
    each tag's share. Without labels, each tag speaks for the mood that it suggests.
    """
    return mood_regression.fit(_features(counts), labels, _start())


def log_likelihoods(weights: Weights, counts: Counts) -> NDArray[np.float64]:
    """Returns log-probabilities (N, 4) of the moods, with equal priors."""
    return mood_regression.log_likelihoods(weights, _features(counts))


def to_array(counts: Sequence[Sequence[int]]) -> Counts:
    """Returns counts of EMOTION_TAGS as an array (N, 27); N may be 0."""
    return np.array(counts, float).reshape(-1, len(EMOTION_TAGS))


def clear_mood(counts: Sequence[int]) -> Mood | None:
    """Returns the mood that CLEAR_SHARE of the tags suggest, if there is one."""
    by_mood = np.asarray(counts, float) @ _MOOD_OF_TAG
    is_clear = by_mood.max() >= CLEAR_SHARE * max(sum(counts), 1)
    return MOODS[by_mood.argmax()] if is_clear else None


def _features(counts: Counts) -> Features:
    shares = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    return np.column_stack([np.ones(len(counts)), np.log1p(counts) / 2, shares])


def _start() -> Weights:
    shares = np.zeros_like(_MOOD_OF_TAG)
    return np.vstack([np.zeros(len(MOODS)), _START * _MOOD_OF_TAG, shares])
