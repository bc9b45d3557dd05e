"""Softmax, log-softmax and logarithms of class shares."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

MIN_SHARE = 1e-4
"""Lower bound of a class share, so that its logarithm is finite."""


def softmax(logits: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    """Probabilities along the last axis: same shape, float32, 0 to 1."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), np.float32)


def log_softmax(logits: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    """Log-probabilities along the last axis: same shape, float32, 0 or less."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), np.float32)


def log_shares(shares: Sequence[float] | NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    """Logarithms of class shares, at least `MIN_SHARE`: same shape, float32."""
    return np.log(np.maximum(np.asarray(shares, np.float32), MIN_SHARE))
