"""Precision at top: precision on the most confident songs, which are the ones that play."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..mood import MOODS, Mood
from .metrics import Report, report

TOP_TENTH, TOP_QUARTER = 0.1, 0.25
FAR_SUFFIX = ", far"
"""Name suffix of the part of a trial that covers songs far from the origin of the plane."""


@dataclass(frozen=True)
class LyricsEvaluation:
    """Metrics of a trial: the report, and the precision on the top tenth and quarter."""

    name: str
    report: Report
    tenth: dict[Mood, float | None]
    quarter: dict[Mood, float | None]

    @classmethod
    def of(
        cls, name: str, probabilities: NDArray[np.float32], labels: NDArray[np.int64]
    ) -> "LyricsEvaluation":
        """Computes the metrics; for the arguments see `precision_at_top`."""
        return cls(
            name,
            report(probabilities, labels, MOODS),
            precision_at_top(probabilities, labels, TOP_TENTH),
            precision_at_top(probabilities, labels, TOP_QUARTER),
        )


def precision_at_top(
    probabilities: NDArray[np.floating], labels: NDArray[np.int64], share: float
) -> dict[Mood, float | None]:
    """Returns the precision of each mood on the most confident `share` of its predictions.

    `probabilities` (N, 4) and `labels` (N,) are in the order of MOODS. None if a mood is never
    predicted or never occurs; otherwise at least one song counts.
    """
    predicted = probabilities.argmax(1)
    return {
        mood: _precision(probabilities[predicted == i, i], labels[predicted == i] == i, share)
        if (labels == i).any()
        else None
        for i, mood in enumerate(MOODS)
    }


def _precision(
    confidence: NDArray[np.floating], right: NDArray[np.bool_], share: float
) -> float | None:
    if not len(right):
        return None
    top = np.argsort(-confidence, kind="stable")[: max(1, round(share * len(right)))]
    return float(right[top].mean())
