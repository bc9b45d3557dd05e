"""Selects the training faces, and drops duplicates, blank pictures and non-faces."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from ..evaluate.fer_plus_votes import not_a_face
from ..evaluate.labelled_faces import LabelledFaces
from .training_progress import Progress

TRAINING = "Training"


def training_faces(faces: LabelledFaces, clean: bool, progress: Progress) -> LabelledFaces:
    """The split Training; if `clean`, without duplicates, blank pictures and non-faces.

    Prints the number of dropped faces by reason. Raises DataError if fewer than two
    faces remain.
    """
    training = faces.split(TRAINING)
    if clean:
        training = _clean(training, faces.take(faces.splits != TRAINING), progress)
    if len(training.labels) < 2:
        raise DataError(
            f"There are too few training faces ({len(training.labels)}). Provide at least two."
        )
    return training


def _clean(training: LabelledFaces, others: LabelledFaces, progress: Progress) -> LabelledFaces:
    """Drops copies of evaluation faces, pictures of one shade, and non-faces."""
    filters: dict[str, Callable[[LabelledFaces], NDArray[np.bool_]]] = {
        "copies of evaluation faces": lambda faces: faces.duplicates_of(others),
        "blank": lambda faces: faces.blank,
        "not a face for half of the taggers": _is_no_face,
    }
    for reason, find in filters.items():
        wrong = find(training)
        progress.print(f"{wrong.sum()} training faces dropped: {reason}")
        training = training.take(~wrong)
    return training


def _is_no_face(faces: LabelledFaces) -> NDArray[np.bool_]:
    return np.zeros(len(faces.labels), bool) if faces.votes is None else not_a_face(faces.votes)
