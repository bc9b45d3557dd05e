"""Evaluation of an expression model on labelled faces."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from ..face.expression_classifier import expression_probabilities, load_expression_model
from ..face.prior import Prior
from ..mood import EXPRESSIONS
from .fer_plus_votes import clear_majority
from .labelled_faces import LabelledFaces
from .metrics import Report, report

PEOPLE = "people"
"""The head that is evaluated on the taggers' majority votes, if votes exist."""

_BATCH = 256
_VIEW_SHIFT = 1 / 24  # shift of a test-time view, as a share of the side
Progress = Callable[[int, float], None]


def evaluate_faces(
    faces: LabelledFaces,
    model: str | None = None,
    *,
    head: str | None = None,
    prior: Prior = "none",
    views: bool = False,
    progress: Progress = lambda more, share: None,
) -> Report:
    """Returns the metrics of one head of a model on face crops, without detection or alignment.

    `head` None is the model's first head. `views` averages ten views of each face (test-time
    augmentation). `progress` receives the number of faces read since the last call, and the
    share of all faces read so far, 0 to 1. Raises InputError and ModelError (see
    `models.load`), and DataError if no face has a label.
    """
    head = head or next(iter(load_expression_model(model).card.heads))
    faces, labels = labelled_for_head(faces, head)
    parts: list[NDArray[np.float32]] = []
    for start in range(0, len(labels), _BATCH):
        crops = faces.pixels[start : start + _BATCH]
        variants = _augmented_views(crops) if views else [crops]
        read = [expression_probabilities(each, model, head=head, prior=prior) for each in variants]
        parts.append(np.mean(read, axis=0))
        progress(len(crops), min(1.0, (start + _BATCH) / len(labels)))
    return report(np.concatenate(parts), labels, EXPRESSIONS)


def labelled_for_head(faces: LabelledFaces, head: str) -> tuple[LabelledFaces, NDArray[np.int64]]:
    """Returns the faces that have a label for a head, and the labels (N,) 0..6.

    For `people`, if votes exist, these are the faces on which more than half of the taggers
    agree. Raises DataError if there are none.
    """
    if head != PEOPLE or faces.votes is None:
        return faces, faces.labels
    labels = clear_majority(faces.votes)
    clear = labels >= 0
    if not clear.any():
        raise DataError("This split has no face with a majority vote.")
    return faces.take(clear), labels[clear]


def _augmented_views(crops: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """Returns five views of each face (unshifted, and four corners) and their mirror images."""
    side = crops.shape[-1]
    shift = max(1, round(side * _VIEW_SHIFT))
    wide = np.pad(crops, ((0, 0), (shift, shift), (shift, shift)), "edge")
    offsets = [(0, 0), (0, 2), (2, 0), (2, 2), (1, 1)]
    shifted = [
        wide[:, y * shift : y * shift + side, x * shift : x * shift + side] for y, x in offsets
    ]
    return shifted + [view[..., ::-1] for view in shifted]
