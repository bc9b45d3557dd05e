"""Logistic regression on soft labels, which scikit-learn does not support."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from ..models.probabilities import log_softmax, softmax

Weights = NDArray[np.float64]
_STEPS = 100


def fit(features: Any, shares: NDArray[np.float64], strength: float, start: Weights) -> Weights:
    """Weights (D + 1, K), the last row the bias, from features (N, D), dense or sparse.

    `shares` (N, K) are the weights of each row for each class; `strength` is the inverse
    of the L2 penalty, which excludes the bias. `start` is the initial value, for example
    the weights for another strength. L-BFGS (Liu & Nocedal, 1989), at most a hundred steps.
    """
    weight_sums = shares.sum(1, keepdims=True)

    def objective(flat: Weights) -> tuple[float, Weights]:
        weights = flat.reshape(start.shape)
        logits = scores(features, weights)
        errors = softmax(logits) * weight_sums - shares
        gradient = np.vstack([features.T @ errors + weights[:-1] / strength, errors.sum(0)])
        loss = -(shares * log_softmax(logits)).sum() + (weights[:-1] ** 2).sum() / strength / 2
        return float(loss), gradient.ravel()

    result = minimize(
        objective, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}
    )
    return np.asarray(result.x).reshape(start.shape)


def scores(features: Any, weights: Weights) -> NDArray[np.float64]:
    """Logits (N, K) of features (N, D)."""
    return np.asarray(features @ weights[:-1] + weights[-1])
