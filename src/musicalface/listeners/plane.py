"""From a point on the valence-arousal plane to the mood that listeners name."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..models.probabilities import log_softmax, softmax
from ..mood import MOODS

Points = NDArray[np.float64]
Weights = NDArray[np.float64]

_SMOOTHNESS = 2.0
_STEPS, _HALVINGS = 40, 12


def fit(points: Points, labels: NDArray[np.int64]) -> Weights:
    """Weights (7, 4) of a logistic map from points (N, 2) to labels (N,) in the order of MOODS.

    The map is drawn to the four quadrants: without a label it is they. Newton's
    method on the log loss, each label weighing as much as its mood is rare.
    """
    features, wanted = _features(points), np.eye(len(MOODS))[labels]
    rare = len(labels) / np.maximum(wanted.sum(0), 1) / len(MOODS)
    task = _Task(features, wanted, rare[labels], _quadrants())
    weights = task.quadrants
    for _ in range(_STEPS):
        weights = _improved(weights, task)
    return weights


def log_likelihoods(weights: Weights, points: Points) -> NDArray[np.float64]:
    """Log-probabilities (N, 4) of each mood, all moods alike likely beforehand."""
    return log_softmax(_features(points) @ weights).astype(float)


def points_of(pairs: Sequence[tuple[float, float]]) -> Points:
    """Pairs as an array (N, 2), also when there are none."""
    return np.array(pairs, float).reshape(-1, 2)


def _features(points: Points) -> NDArray[np.float64]:
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


@dataclass(frozen=True)
class _Task:
    features: NDArray[np.float64]  # (N, 7)
    wanted: NDArray[np.float64]  # (N, 4), one of each row 1
    importance: NDArray[np.float64]  # (N,)
    quadrants: Weights

    def loss(self, weights: Weights) -> float:
        """What is to be least."""
        missed = -(self.wanted * log_softmax(self.features @ weights)).sum(1) @ self.importance
        return float(missed + _SMOOTHNESS / 2 * ((weights - self.quadrants) ** 2).sum())


def _improved(weights: Weights, task: _Task) -> Weights:
    """Newton's step, halved until it helps."""
    step, before = _newton(weights, task), task.loss(weights)
    for share in 0.5 ** np.arange(_HALVINGS):
        if task.loss(weights - share * step) < before:
            return np.asarray(weights - share * step)
    return weights


def _newton(weights: Weights, task: _Task) -> Weights:
    said = softmax(task.features @ weights).astype(float)
    missed = task.features.T @ ((said - task.wanted) * task.importance[:, None])
    slope = missed + _SMOOTHNESS * (weights - task.quadrants)
    bent = np.block(
        [[_bend(task, said, i, j) for j in range(len(MOODS))] for i in range(len(MOODS))]
    )
    bent += _SMOOTHNESS * np.eye(len(bent))
    return np.linalg.solve(bent, slope.T.ravel()).reshape(len(MOODS), -1).T


def _bend(task: _Task, said: NDArray[np.float64], one: int, other: int) -> NDArray[np.float64]:
    weight = task.importance * said[:, one] * ((one == other) - said[:, other])
    return (task.features * weight[:, None]).T @ task.features
