"""Map from points on the valence-arousal plane to mood log-likelihoods."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..mood import MOODS
from . import mood_regression
from .mood_regression import Features, Weights

Points = NDArray[np.float64]


def fit(points: Points, labels: NDArray[np.int64]) -> Weights:
    """Fits weights (7, 4) of a logistic map from points (N, 2) to labels (N,) in MOODS order.

    Without labels, the map is that of the four quadrants.
    """
    return mood_regression.fit(_features(points), labels, _quadrants())


def log_likelihoods(weights: Weights, points: Points) -> NDArray[np.float64]:
    """Returns log-probabilities (N, 4) of the moods, with equal priors."""
    return mood_regression.log_likelihoods(weights, _features(points))


def to_array(pairs: Sequence[tuple[float, float]]) -> Points:
    """Returns pairs as an array (N, 2); N may be 0."""
    return np.array(pairs, float).reshape(-1, 2)


def _features(points: Points) -> Features:
    valence, arousal = points.T
    return np.column_stack(
        [
            np.ones(len(points)),
            valence,
            arousal,
            valence**2,
            arousal**2,
            valence * arousal,
            np.hypot(valence, arousal),
        ]
    )


def _quadrants() -> Weights:
    weights = np.zeros((7, len(MOODS)))
    weights[1:3] = np.transpose([mood.corner for mood in MOODS])
    return weights
