"""What the two-headed network shall say of each face: labels, votes, and what teachers said."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from ..errors import DataError
from ..evaluate.labelled_faces import LabelledFaces
from ..evaluate.votes import shares
from ..face.read import expressions
from ..mood import EXPRESSIONS
from .publish import tensor
from .recipe import Examples

SMOOTHING = 0.1  # of the labels, without a teacher
TAUGHT, SMOOTHING_TAUGHT = 0.3, 0.05  # the teachers' share of a label, and what is left to smooth
_BATCH = 256

Shares = NDArray[np.float32]
"""Distributions over the seven expressions (N, 7)."""


def lessons(faces: LabelledFaces, teachers: Sequence[Path] = ()) -> Examples:
    """Training examples: smoothed labels for one head, the taggers' shares for the other.

    Teachers are models of this program; their mean reading of a face and its
    mirror image takes the place of a part of its label (Hinton et al., 2015).
    """
    labels = _one_hot(faces.labels)
    uniform = 1 / len(EXPRESSIONS)
    if teachers:
        taught = np.mean([_read(faces.pixels, teacher) for teacher in teachers], axis=0)
        kept = 1 - TAUGHT - SMOOTHING_TAUGHT
        first = kept * labels + TAUGHT * taught + SMOOTHING_TAUGHT * uniform
    else:
        first = (1 - SMOOTHING) * labels + SMOOTHING * uniform
    return _examples(faces, first, class_shares(faces))


def questions(faces: LabelledFaces, of_training: Shares) -> Examples:
    """Validation examples: labels and shares as they are, judged by the training's class shares."""
    return _examples(faces, _one_hot(faces.labels), of_training)


def class_shares(faces: LabelledFaces) -> Shares:
    """How often each expression occurs (2, 7), for the labels and for the votes."""
    people = _votes(faces)
    heads = [_one_hot(faces.labels), people[people.any(1)]]
    return np.stack([head.mean(0) for head in heads]).astype(np.float32)


def _examples(faces: LabelledFaces, first: Shares, occurring: Shares) -> Examples:
    both = np.stack([first, _votes(faces)], axis=1).astype(np.float32)
    prior = tensor(np.maximum(occurring, 1e-4))
    return Examples(tensor(faces.pixels[:, None]), tensor(both), torch.log(prior))


def _votes(faces: LabelledFaces) -> Shares:
    if faces.votes is None:
        raise DataError("This network learns from people's votes too: add --votes fer2013new.csv.")
    return shares(faces.votes)


def _one_hot(labels: NDArray[np.int64]) -> Shares:
    return np.eye(len(EXPRESSIONS), dtype=np.float32)[labels]


def _read(pixels: NDArray[np.uint8], teacher: Path) -> Shares:
    """The teacher's mean probabilities of each face and its mirror image."""
    parts = [pixels[start : start + _BATCH] for start in range(0, len(pixels), _BATCH)]
    name = str(teacher)
    both = [(expressions(part, name) + expressions(part[..., ::-1], name)) / 2 for part in parts]
    return np.concatenate(both)
