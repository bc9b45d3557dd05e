"""The last layer of an audio model: a logistic regression, evaluated on held-out artists."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..evaluate.audio_evaluation import AudioTrial
from ..evaluate.labelled_lyrics import Indices, folds_by_artist
from ..evaluate.metrics import fit_temperature
from ..models.probabilities import softmax
from ..mood import MOODS
from .logistic_regression import fit

STRENGTH = 0.005
"""Inverse of the L2 penalty, for features of unit variance."""


@dataclass(frozen=True)
class Head:
    """Weights (4, columns) and bias (4,) that turn mean features into logits."""

    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    @classmethod
    def fitted(cls, features: NDArray[np.float32], labels: NDArray[np.int64]) -> "Head":
        """Fits a head to features (N, columns); standardises them, inside the weights."""
        mean, spread = features.mean(0), features.std(0) + 1e-6
        start = np.zeros((features.shape[1] + 1, len(MOODS)))
        found = fit((features - mean) / spread, np.eye(len(MOODS))[labels], STRENGTH, start)
        weights = (found[:-1] / spread[:, None]).T
        return cls(weights, found[-1] - weights @ mean)

    def scaled(self, temperature: float) -> "Head":
        """Returns a head whose logits are divided by a temperature."""
        return Head(self.weights / temperature, self.bias / temperature)

    def logits(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Returns the logits (N, 4) of features (N, columns)."""
        return np.asarray(features @ self.weights.T + self.bias, np.float32)


@dataclass(frozen=True)
class CrossValidation:
    """The figures on artists that the head has not learnt from, and the temperature for all."""

    trial: AudioTrial
    temperature: float


def cross_validate(
    features: NDArray[np.float32],
    labels: NDArray[np.int64],
    artists: tuple[str, ...],
    folds: int,
    seed: int,
) -> CrossValidation:
    """Measures the head on folds of artists; fits the temperature of each fold on the others."""
    parts = folds_by_artist(artists, folds, seed)
    logits = np.zeros((len(labels), len(MOODS)), np.float32)
    for part in parts:
        rest = _rest(part, len(labels))
        logits[part] = Head.fitted(features[rest], labels[rest]).logits(features[part])
    probabilities = np.zeros_like(logits)
    for part in parts:
        rest = _rest(part, len(labels))
        probabilities[part] = softmax(logits[part] / fit_temperature(logits[rest], labels[rest]))
    return CrossValidation(AudioTrial.of(probabilities, labels), fit_temperature(logits, labels))


def _rest(part: Indices, count: int) -> Indices:
    return np.setdiff1d(np.arange(count), part)
