"""Measure an expression model on labelled faces."""

from collections.abc import Callable

import numpy as np

from ..face.read import expressions
from ..mood import EXPRESSIONS
from .labelled_faces import LabelledFaces
from .metrics import Report, report

_BATCH = 256


def evaluate_faces(
    faces: LabelledFaces, model: str | None = None, progress: Callable[[int], None] = lambda _: None
) -> Report:
    """Figures of a model on faces as they are: no detection, no alignment.

    `progress` is told how many faces were read since the last time.
    """
    parts = []
    for start in range(0, len(faces.labels), _BATCH):
        parts.append(expressions(faces.pixels[start : start + _BATCH], model))
        progress(len(parts[-1]))
    return report(np.concatenate(parts), faces.labels, EXPRESSIONS)
