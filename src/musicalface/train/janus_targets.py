"""Targets of the two-headed network: labels, votes and teachers' predictions."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from ..evaluate.fer_plus_votes import Votes, clear_majority, shares
from ..evaluate.labelled_faces import LabelledFaces
from ..face.expression_classifier import load_expression_model
from ..face.prior import all_log_likelihoods, posterior
from ..models import Model
from ..models.probabilities import log_shares
from ..mood import EXPRESSIONS
from .config import Examples
from .model_publishing import tensor
from .networks.janus import HEADS

LABEL_SMOOTHING = 0.1  # of the labels (Szegedy et al., 2016); half of it with a teacher
TEACHER_WEIGHT = 0.3  # the share of the teachers' predictions
_BATCH = 256

Distributions = NDArray[np.float32]
"""Distributions over the seven expressions (N, 7)."""


def training_targets(faces: LabelledFaces, teachers: Sequence[Path] = ()) -> Examples:
    """Training examples: smoothed labels for one head, the shares of votes for the other.

    Teachers are models of this program. For each head, the mean prediction of the teachers
    with that head, on a face and its mirror image, is mixed into the targets (Hinton et
    al., 2015). Uniform smoothing of the labels keeps rare expressions possible in head
    fer2013; the votes need none. Raises DataError if there are no votes.
    """
    labels, votes = one_hot(faces.labels), shares(_votes(faces))
    has_votes = votes.any(1, keepdims=True)
    read = read_by(teachers, faces.pixels, HEADS)
    both = [_mix(labels, read[0], LABEL_SMOOTHING), _mix(votes, read[1], 0) * has_votes]
    return _examples(faces, both, class_shares(faces))


def validation_targets(faces: LabelledFaces, training_shares: Sequence[Distributions]) -> Examples:
    """Validation examples: labels and clear majorities, with the training's class shares."""
    return _examples(faces, [one_hot(faces.labels), majority(faces)], training_shares)


def class_shares(faces: LabelledFaces) -> list[Distributions]:
    """The share of each expression (7,) in the labels and, if there are any, in the votes."""
    labelled = one_hot(faces.labels).mean(0)
    if faces.votes is None:
        return [labelled]
    voted = shares(faces.votes)
    return [labelled, voted[voted.any(1)].mean(0)]


def smoothed(labels: NDArray[np.int64], smoothing: float) -> Distributions:
    """Labels (N,) as distributions (N, 7) with uniform label smoothing."""
    return _mix(one_hot(labels), None, smoothing)


def vote_shares(faces: LabelledFaces) -> Distributions:
    """The shares of the taggers' votes (N, 7), zeros where no vote names an expression."""
    return shares(_votes(faces))


def majority(faces: LabelledFaces) -> Distributions:
    """The clear majority of the votes, one-hot (N, 7), zeros where there is none."""
    clear = clear_majority(_votes(faces))
    return np.asarray(one_hot(clear) * (clear >= 0)[:, None], np.float32)


def _examples(
    faces: LabelledFaces, heads: Sequence[Distributions], priors: Sequence[Distributions]
) -> Examples:
    labels = np.stack(heads, axis=1).astype(np.float32)
    prior = tensor(log_shares(np.stack(priors)))
    return Examples(tensor(faces.pixels[:, None]), tensor(labels), prior)


def _mix(truth: Distributions, teacher: Distributions | None, smoothing: float) -> Distributions:
    uniform = np.float32(1 / len(EXPRESSIONS))
    if teacher is None:
        return np.asarray((1 - smoothing) * truth + smoothing * uniform)
    smoothing /= 2
    return np.asarray(
        (1 - TEACHER_WEIGHT - smoothing) * truth + TEACHER_WEIGHT * teacher + smoothing * uniform
    )


def _votes(faces: LabelledFaces) -> Votes:
    if faces.votes is None:
        raise DataError("This network needs people's votes. Add --votes fer2013new.csv.")
    return faces.votes


def read_by(
    teachers: Sequence[Path], pixels: NDArray[np.uint8], heads: Sequence[str]
) -> list[Distributions | None]:
    """For each head, the mean prediction (N, 7) of faces (N, S, S) and their mirror images.

    Uses the teachers that have the head; None if there is none. Each teacher reads each face once.
    """
    read = [_read(pixels, load_expression_model(str(teacher)), heads) for teacher in teachers]
    given = [[by[head] for by in read if head in by] for head in heads]
    return [np.mean(each, axis=0, dtype=np.float32) if each else None for each in given]


def one_hot(labels: NDArray[np.int64]) -> Distributions:
    """One-hot labels (N, 7)."""
    return np.eye(len(EXPRESSIONS), dtype=np.float32)[labels]


def _read(
    pixels: NDArray[np.uint8], teacher: Model, heads: Sequence[str]
) -> dict[str, Distributions]:
    parts = [pixels[start : start + _BATCH] for start in range(0, len(pixels), _BATCH)]
    both = [(_shares(teacher, part), _shares(teacher, part[..., ::-1])) for part in parts]
    known = [head for head in heads if head in teacher.card.heads]
    return {
        head: np.concatenate([(face[head] + mirrored[head]) / 2 for face, mirrored in both])
        for head in known
    }


def _shares(teacher: Model, faces: NDArray[np.uint8]) -> dict[str, Distributions]:
    evidence = all_log_likelihoods(teacher, faces)
    return {head: posterior(e, "none", teacher.head(head)) for head, e in evidence.items()}
