"""What the two-headed network shall say of each face: labels, votes, and what teachers said."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from ..evaluate.labelled_faces import LabelledFaces
from ..evaluate.votes import Votes, clear_majority, shares
from ..face.read import expression_model, expressions
from ..models.probabilities import log_shares
from ..mood import EXPRESSIONS
from .janus import HEADS
from .publish import tensor
from .recipe import Examples

SMOOTHING = 0.1  # of the labels (Szegedy et al., 2016); half of it beside a teacher
TAUGHT = 0.3  # the teachers' share
_BATCH = 256

Shares = NDArray[np.float32]
"""Distributions over the seven expressions (N, 7)."""


def lessons(faces: LabelledFaces, teachers: Sequence[Path] = ()) -> Examples:
    """Training examples: smoothed labels for one head, the taggers' shares for the other.

    Teachers are models of this program; the mean reading of a face and its mirror
    image, by those that have the head, takes the place of a part of what it learns
    (Hinton et al., 2015). Labels are smoothed evenly, so that head fer2013 never gives
    a rare expression up; the votes are not, and head people is free of the prior.
    """
    labels, votes = _one_hot(faces.labels), shares(_votes(faces))
    named = votes.any(1, keepdims=True)
    both = [_mixed(labels, _taught(faces.pixels, teachers, HEADS[0]), SMOOTHING)]
    both.append(_mixed(votes, _taught(faces.pixels, teachers, HEADS[1]), 0) * named)
    return _examples(faces, both, class_shares(faces))


def questions(faces: LabelledFaces, of_training: Sequence[Shares]) -> Examples:
    """Validation examples: labels, and clear majorities, judged by the training's class shares."""
    majority = clear_majority(_votes(faces))
    agreed = _one_hot(majority) * (majority >= 0)[:, None]
    return _examples(faces, [_one_hot(faces.labels), agreed], of_training)


def class_shares(faces: LabelledFaces) -> list[Shares]:
    """How often each expression occurs (7,): by the labels and, where known, by the votes."""
    labelled = _one_hot(faces.labels).mean(0)
    if faces.votes is None:
        return [labelled]
    voted = shares(faces.votes)
    return [labelled, voted[voted.any(1)].mean(0)]


def _examples(
    faces: LabelledFaces, heads: Sequence[Shares], occurring: Sequence[Shares]
) -> Examples:
    labels = np.stack(heads, axis=1).astype(np.float32)
    prior = tensor(log_shares(np.stack(occurring)))
    return Examples(tensor(faces.pixels[:, None]), tensor(labels), prior)


def _mixed(truth: Shares, taught: Shares | None, smoothing: float) -> Shares:
    uniform = np.float32(1 / len(EXPRESSIONS))
    if taught is None:
        return np.asarray((1 - smoothing) * truth + smoothing * uniform)
    smoothing /= 2
    return np.asarray((1 - TAUGHT - smoothing) * truth + TAUGHT * taught + smoothing * uniform)


def _votes(faces: LabelledFaces) -> Votes:
    if faces.votes is None:
        raise DataError("This network learns from people's votes too: add --votes fer2013new.csv.")
    return faces.votes


def _one_hot(labels: NDArray[np.int64]) -> Shares:
    return np.eye(len(EXPRESSIONS), dtype=np.float32)[labels]


def _taught(pixels: NDArray[np.uint8], teachers: Sequence[Path], head: str) -> Shares | None:
    """The mean probabilities of each face and its mirror image, over teachers with the head."""
    names = [str(teacher) for teacher in teachers]
    able = [name for name in names if head in expression_model(name).card.heads]
    if not able:
        return None
    read = [_read(pixels, name, head) for name in able]
    return np.asarray(np.mean(read, axis=0), np.float32)


def _read(pixels: NDArray[np.uint8], teacher: str, head: str) -> Shares:
    parts = [pixels[start : start + _BATCH] for start in range(0, len(pixels), _BATCH)]
    read = partial(expressions, model=teacher, head=head)
    both = [(read(part) + read(part[..., ::-1])) / 2 for part in parts]
    return np.asarray(np.concatenate(both), np.float32)
