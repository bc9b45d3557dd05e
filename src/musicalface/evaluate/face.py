"""Measure an expression model on labelled faces."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from ..face.prior import Prior
from ..face.read import expression_model, expressions
from ..mood import EXPRESSIONS
from .labelled_faces import LabelledFaces
from .metrics import Report, report
from .votes import clear_majority

PEOPLE = "people"
"""The head that is measured by what most taggers saw, where their votes are known."""

_BATCH = 256
_SHIFT = 2  # pixels that a test-time view is moved by
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
    """Figures of one head of a model on faces as they are: no detection, no alignment.

    `head` None is the model's first. `views` averages over ten views of each face:
    test-time augmentation. `progress` is told how many more faces were read, and the
    share of all, 0 to 1. Raises InputError and ModelError (see `models.load`), and
    DataError when no face has an answer.
    """
    head = head or next(iter(expression_model(model).card.heads))
    faces, labels = answered(faces, head)
    parts: list[NDArray[np.float32]] = []
    for start in range(0, len(labels), _BATCH):
        crops = faces.pixels[start : start + _BATCH]
        seen = _views(crops) if views else [crops]
        read = [expressions(view, model, head=head, prior=prior) for view in seen]
        parts.append(np.mean(read, axis=0))
        progress(len(crops), min(1.0, (start + _BATCH) / len(labels)))
    return report(np.concatenate(parts), labels, EXPRESSIONS)


def answered(faces: LabelledFaces, head: str) -> tuple[LabelledFaces, NDArray[np.int64]]:
    """The faces that have an answer for a head, and the answers.

    For `people`, where votes are known, those that more than half of all taggers
    agree on. Raises DataError when there are none.
    """
    if head != PEOPLE or faces.votes is None:
        return faces, faces.labels
    labels = clear_majority(faces.votes)
    clear = labels >= 0
    if not clear.any():
        raise DataError("The taggers agree on no face of this split.")
    return faces.take(clear), labels[clear]


def _views(crops: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """Each face as it is and moved to four corners, and the mirror images of all five."""
    side = crops.shape[-1]
    wide = np.pad(crops, ((0, 0), (_SHIFT, _SHIFT), (_SHIFT, _SHIFT)), "edge")
    places = [(0, 0), (0, 2), (2, 0), (2, 2), (1, 1)]
    moved = [
        wide[:, y * _SHIFT : y * _SHIFT + side, x * _SHIFT : x * _SHIFT + side] for y, x in places
    ]
    return moved + [view[..., ::-1] for view in moved]
