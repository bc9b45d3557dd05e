"""How often a model is right on the songs that it is surest of: those are the ones that play."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..mood import MOODS, Mood
from .metrics import Report, report

TENTH, QUARTER = 0.1, 0.25
FAR = ", far"
"""How a trial is called that is a part of another: songs far out on the plane."""


@dataclass(frozen=True)
class Trial:
    """How well some songs were read, and how precisely the surest tenth and quarter of them."""

    name: str
    report: Report
    tenth: dict[Mood, float | None]
    quarter: dict[Mood, float | None]

    @classmethod
    def of(
        cls, name: str, probabilities: NDArray[np.float32], labels: NDArray[np.int64]
    ) -> "Trial":
        """For arguments see `precision_of_surest`."""
        return cls(
            name,
            report(probabilities, labels, MOODS),
            precision_of_surest(probabilities, labels, TENTH),
            precision_of_surest(probabilities, labels, QUARTER),
        )


def precision_of_surest(
    probabilities: NDArray[np.floating], labels: NDArray[np.int64], share: float
) -> dict[Mood, float | None]:
    """For each mood, of the surest `share` of the songs read as it, the fraction that are of it.

    `probabilities` (N, 4) and `labels` (N,) are in the order of MOODS. None where no
    song is read as a mood, or none is of it; otherwise at least one counts.
    """
    read = probabilities.argmax(1)
    return {
        mood: _precision(probabilities[read == at, at], labels[read == at] == at, share)
        if (labels == at).any()
        else None
        for at, mood in enumerate(MOODS)
    }


def _precision(
    sureness: NDArray[np.floating], right: NDArray[np.bool_], share: float
) -> float | None:
    if not len(right):
        return None
    surest = np.argsort(-sureness, kind="stable")[: max(1, round(share * len(right)))]
    return float(right[surest].mean())
