"""FER+ votes of ten taggers per face (Microsoft; Barsoum et al., 2016)."""

import numpy as np
from numpy.typing import NDArray

CHOICES = (
    "neutral",
    "happiness",
    "surprise",
    "sadness",
    "anger",
    "disgust",
    "fear",
    "contempt",
    "unknown",
    "NF",
)
"""A tagger's choices, in the order of the file's columns; NF: not a face."""

_EXPRESSION_COLUMNS = [4, 5, 6, 1, 3, 2, 0]  # angry, disgust, fear, happy, sad, surprise, neutral
_NOT_A_FACE = CHOICES.index("NF")

Votes = NDArray[np.uint8]
"""Counts (N, 10), in the order of CHOICES."""


def shares(votes: Votes) -> NDArray[np.float32]:
    """Returns the share (N, 7) of each expression in the votes for an expression.

    A face without such votes gets zeros.
    """
    counts = votes[:, _EXPRESSION_COLUMNS].astype(np.float32)
    result: NDArray[np.float32] = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    return result


def clear_majority(votes: Votes) -> NDArray[np.int64]:
    """Returns the expression (N,) 0..6 that more than half of all taggers chose; -1 for none."""
    counts = votes[:, _EXPRESSION_COLUMNS].astype(np.int64)
    clear = 2 * counts.max(1) > votes.sum(1)
    return np.where(clear, counts.argmax(1), -1)


def not_a_face(votes: Votes) -> NDArray[np.bool_]:
    """Returns True (N,) for images in which at least half of the taggers saw no face."""
    return np.asarray(2 * votes[:, _NOT_A_FACE].astype(int) >= np.maximum(votes.sum(1), 1))
