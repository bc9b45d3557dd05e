"""Which faces to learn from."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from ..evaluate.labelled_faces import LabelledFaces
from ..evaluate.votes import not_a_face
from .progress import Progress

TRAINING = "Training"


def training_faces(faces: LabelledFaces, clean: bool, progress: Progress) -> LabelledFaces:
    """The split Training, and where `clean` without what is better not learnt from.

    `progress` is told how many faces were dropped, by reason. Raises DataError when
    fewer than two are left.
    """
    training = faces.split(TRAINING)
    if clean:
        training = _cleaned(training, faces.take(faces.splits != TRAINING), progress)
    if len(training.labels) < 2:
        raise DataError(
            f"{len(training.labels)} training faces are too few: at least two are needed."
        )
    return training


def _cleaned(training: LabelledFaces, others: LabelledFaces, progress: Progress) -> LabelledFaces:
    """Without copies of faces that are measured, pictures of one shade, and what is no face."""
    faults: dict[str, Callable[[LabelledFaces], NDArray[np.bool_]]] = {
        "copies of faces that are measured": lambda faces: faces.among(others),
        "blank": lambda faces: faces.blank,
        "no face to half of the taggers": _no_face,
    }
    for reason, find in faults.items():
        wrong = find(training)
        progress.say(f"{wrong.sum()} training faces dropped: {reason}")
        training = training.take(~wrong)
    return training


def _no_face(faces: LabelledFaces) -> NDArray[np.bool_]:
    return np.zeros(len(faces.labels), bool) if faces.votes is None else not_a_face(faces.votes)
