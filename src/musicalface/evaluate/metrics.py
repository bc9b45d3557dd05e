"""Classifier metrics from probabilities and true labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..models.probabilities import softmax

BINS = 15
"""Number of bins of equal width in a reliability diagram."""


@dataclass(frozen=True)
class Report:
    """Classifier metrics as fractions; `confusion[t][p]` counts true label t predicted as p.

    `reliability` has a row for each non-empty bin of the top probability: mean probability,
    share of correct predictions, and count.
    """

    count: int
    accuracy: float
    macro_f1: float
    recall: dict[str, float | None]  # None: the class does not occur
    confusion: list[list[int]]
    calibration_error: float
    log_loss: float
    reliability: list[tuple[float, float, int]]

    @property
    def prediction_ratio(self) -> dict[str, float | None]:
        """Predictions of each class divided by its occurrences; None if it does not occur."""
        counts = np.array(self.confusion)
        true, predicted = counts.sum(1).tolist(), counts.sum(0).tolist()
        ratios = zip(self.recall, predicted, true, strict=True)
        return {name: p / t if t else None for name, p, t in ratios}

    def as_dict(self) -> dict[str, Any]:
        """Returns the metrics for JSON, rounded to five decimals, without `reliability`."""
        rounded = {n: None if r is None else round(r, 5) for n, r in self.recall.items()}
        return {
            "count": self.count,
            "accuracy": round(self.accuracy, 5),
            "macro_f1": round(self.macro_f1, 5),
            "recall": rounded,
            "confusion": self.confusion,
            "calibration_error": round(self.calibration_error, 5),
            "log_loss": round(self.log_loss, 5),
        }


def report(
    probabilities: NDArray[np.float32], labels: NDArray[np.int64], names: Sequence[str]
) -> Report:
    """Returns the metrics of probabilities (N, K) for labels (N,) in 0..K-1; N is at least 1."""
    confusion = _confusion(probabilities.argmax(1), labels, len(names))
    hits, true, predicted = confusion.diagonal(), confusion.sum(1), confusion.sum(0)
    present = true > 0
    recall = hits / np.maximum(true, 1)
    f1 = 2 * hits / np.maximum(true + predicted, 1)
    return Report(
        count=len(labels),
        accuracy=float(hits.sum() / len(labels)),
        macro_f1=float(f1[present].mean()),
        recall={n: float(r) if p else None for n, r, p in zip(names, recall, present, strict=True)},
        confusion=confusion.tolist(),
        calibration_error=calibration_error(probabilities, labels),
        log_loss=log_loss(probabilities, labels),
        reliability=_reliability(probabilities, labels),
    )


def log_loss(probabilities: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """Returns the mean negative log-probability of the true label, in nats."""
    of_label = probabilities[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(of_label, 1e-12)).mean())


def calibration_error(probabilities: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """Returns the expected calibration error of the top label (Guo et al., 2017), 0 to 1."""
    rows = _reliability(probabilities, labels)
    return sum(abs(hits - confidence) * count for confidence, hits, count in rows) / len(labels)


def _reliability(
    probabilities: NDArray[np.float32], labels: NDArray[np.int64]
) -> list[tuple[float, float, int]]:
    """See `Report.reliability`."""
    confidence = probabilities.max(1)
    right = probabilities.argmax(1) == labels
    bin_of = np.minimum((confidence * BINS).astype(int), BINS - 1)
    bins = [bin_of == number for number in range(BINS)]
    return [
        (float(confidence[b].mean()), float(right[b].mean()), int(b.sum())) for b in bins if b.any()
    ]


def fit_temperature(logits: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """Returns the temperature of least log loss (Guo et al., 2017), 0.1 to 10, in steps of 1 %."""
    candidates = np.geomspace(0.1, 10, 464)
    losses = [log_loss(softmax(logits / t), labels) for t in candidates]
    return float(candidates[int(np.argmin(losses))])


def _confusion(
    predicted: NDArray[np.int64], labels: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    flat = np.bincount(labels * count + predicted, minlength=count * count)
    return flat.reshape(count, count)
