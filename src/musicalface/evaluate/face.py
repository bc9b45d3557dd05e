"""Measure an expression model on labelled faces."""

from collections.abc import Callable

import numpy as np

from ..face.read import expressions
from ..mood import EXPRESSIONS
from .labelled_faces import LabelledFaces
from .metrics import Report, report

_BATCH = 256
Progress = Callable[[int, float], None]


def evaluate_faces(
    faces: LabelledFaces, model: str | None = None, progress: Progress = lambda more, share: None
) -> Report:
    """Figures of a model on faces as they are: no detection, no alignment.

    `progress` is told how many more faces were read, and the share of all, 0 to 1.
    Raises InputError and ModelError (see `models.load`).
    """
    parts = []
    for start in range(0, len(faces.labels), _BATCH):
        parts.append(expressions(faces.pixels[start : start + _BATCH], model))
        progress(len(parts[-1]), min(1.0, (start + _BATCH) / len(faces.labels)))
    return report(np.concatenate(parts), faces.labels, EXPRESSIONS)
