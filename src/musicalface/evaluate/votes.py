"""What ten people saw in each face: Microsoft's FER+ votes (Barsoum et al., 2016)."""

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
"""What a tagger could choose, in the order of the file's columns; NF: not a face."""

_OF_EXPRESSIONS = [4, 5, 6, 1, 3, 2, 0]  # angry, disgust, fear, happy, sad, surprise, neutral
_NOT_A_FACE = CHOICES.index("NF")

Votes = NDArray[np.uint8]
"""Counts (N, 10), in the order of CHOICES."""


def shares(votes: Votes) -> NDArray[np.float32]:
    """Each expression's share (N, 7) of the votes that name one; zeros where none does."""
    named = votes[:, _OF_EXPRESSIONS].astype(np.float32)
    whole: NDArray[np.float32] = named / np.maximum(named.sum(1, keepdims=True), 1)
    return whole


def clear_majority(votes: Votes) -> NDArray[np.int64]:
    """The expression (N,) 0..6 that more than half of all taggers chose; -1 where there is none."""
    named = votes[:, _OF_EXPRESSIONS].astype(np.int64)
    clear = 2 * named.max(1) > votes.sum(1)
    return np.where(clear, named.argmax(1), -1)


def not_a_face(votes: Votes) -> NDArray[np.bool_]:
    """Where (N,) at least half of the taggers saw no face."""
    return np.asarray(2 * votes[:, _NOT_A_FACE].astype(int) >= np.maximum(votes.sum(1), 1))
