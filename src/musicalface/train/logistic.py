"""Logistic regression on shares of moods instead of labels, which scikit-learn does not know."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from ..models.probabilities import log_softmax, softmax

Weights = NDArray[np.float64]
_STEPS = 100


def fit(features: Any, shares: NDArray[np.float64], strength: float, start: Weights) -> Weights:
    """Weights (D + 1, K), the last row the bias, from features (N, D), dense or sparse.

    `shares` (N, K) say how much each row speaks for each class; `strength` is the
    inverse of the L2 penalty, which the bias is spared. `start` is where to begin:
    weights of another strength are near. L-BFGS (Liu & Nocedal, 1989), a hundred steps.
    """
    spoken = shares.sum(1, keepdims=True)

    def missed(flat: Weights) -> tuple[float, Weights]:
        weights = flat.reshape(start.shape)
        logits = scores(features, weights)
        wrong = softmax(logits) * spoken - shares
        slope = np.vstack([features.T @ wrong + weights[:-1] / strength, wrong.sum(0)])
        loss = -(shares * log_softmax(logits)).sum() + (weights[:-1] ** 2).sum() / strength / 2
        return float(loss), slope.ravel()

    found = minimize(
        missed, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}
    )
    return np.asarray(found.x).reshape(start.shape)


def scores(features: Any, weights: Weights) -> NDArray[np.float64]:
    """Logits (N, K)."""
    return np.asarray(features @ weights[:-1] + weights[-1])
