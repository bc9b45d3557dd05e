"""Logistic map from features of songs to the four moods."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..models.probabilities import log_softmax, softmax
from ..mood import MOODS

Features = NDArray[np.float64]
Weights = NDArray[np.float64]

SMOOTHNESS = 2.0
"""Strength of the regularization, chosen by cross-validation over artists."""

_STEPS, _HALVINGS = 40, 12
_ENOUGH = 1e-6  # a step that lowers the loss by less, relative to it, is the last


def fit(features: Features, labels: NDArray[np.int64], start: Weights) -> Weights:
    """Fits weights (F, 4) of a map from features (N, F) to labels (N,) in MOODS order.

    The weights are regularized toward `start`, which is the result without labels. Newton's
    method on the log loss; a label is weighted by the inverse frequency of its mood.
    """
    targets = np.eye(len(MOODS))[labels]
    rare = len(labels) / np.maximum(targets.sum(0), 1) / len(MOODS)
    objective = _Objective(features, targets, rare[labels], start)
    weights, loss = start, objective.loss(start)
    for _ in range(_STEPS):
        weights = _line_search(weights, objective)
        before, loss = loss, objective.loss(weights)
        if before - loss <= _ENOUGH * before:
            break
    return weights


def log_likelihoods(weights: Weights, features: Features) -> NDArray[np.float64]:
    """Returns log-probabilities (N, 4) of the moods, with equal priors."""
    return log_softmax(features @ weights).astype(float)


@dataclass(frozen=True)
class _Objective:
    features: Features  # (N, F)
    targets: NDArray[np.float64]  # (N, 4), one-hot
    importance: NDArray[np.float64]  # (N,)
    start: Weights

    def loss(self, weights: Weights) -> float:
        """Returns the weighted log loss plus the regularization term."""
        errors = -(self.targets * log_softmax(self.features @ weights)).sum(1) @ self.importance
        return float(errors + SMOOTHNESS / 2 * ((weights - self.start) ** 2).sum())


def _line_search(weights: Weights, objective: _Objective) -> Weights:
    """Takes Newton's step, halved until the loss decreases."""
    step, before = _newton_step(weights, objective), objective.loss(weights)
    for share in 0.5 ** np.arange(_HALVINGS):
        if objective.loss(weights - share * step) < before:
            return np.asarray(weights - share * step)
    return weights


def _newton_step(weights: Weights, objective: _Objective) -> Weights:
    predicted = softmax(objective.features @ weights).astype(float)
    errors = objective.features.T @ (
        (predicted - objective.targets) * objective.importance[:, None]
    )
    gradient = errors + SMOOTHNESS * (weights - objective.start)
    hessian = np.block(
        [
            [_hessian_block(objective, predicted, i, j) for j in range(len(MOODS))]
            for i in range(len(MOODS))
        ]
    )
    hessian += SMOOTHNESS * np.eye(len(hessian))
    return np.linalg.solve(hessian, gradient.T.ravel()).reshape(len(MOODS), -1).T


def _hessian_block(
    objective: _Objective, predicted: NDArray[np.float64], one: int, other: int
) -> NDArray[np.float64]:
    weight = objective.importance * predicted[:, one] * ((one == other) - predicted[:, other])
    return (objective.features * weight[:, None]).T @ objective.features
