"""Expression recognition: seven expression probabilities for each face in a photo."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..models import Model, load
from ..mood import EXPRESSIONS, MoodScores
from .align import align_faces
from .detect import SURE, Face, find_faces
from .image_ops import gray, require_photo
from .photo_reader import read_reduced
from .prior import LogLikelihoods, Prior, log_likelihoods, posterior
from .quality import Quality
from .resting_face import RestingFace

_AT_ONCE = 32
"""Faces per run of the network; more take memory and save no time."""


@dataclass(frozen=True)
class Reading:
    """A face with its seven expression probabilities by name and the four mood probabilities.

    If `quality.problem` is not empty, the face was not readable and the probabilities are only the
    prior. `evidence` has the prior-free log-likelihoods behind the probabilities, in the order of
    EXPRESSIONS.
    """

    face: Face
    expressions: dict[str, float]
    moods: MoodScores
    quality: Quality
    evidence: tuple[float, ...]

    @property
    def clear(self) -> bool:
        """True if the face was readable."""
        return not self.quality.problem

    def scaled(self, across: float, down: float) -> "Reading":
        """The reading in a photo `across` times as wide, `down` times as high; same `quality`."""
        return replace(self, face=self.face.scaled(across, down))


def read_faces(
    photo: NDArray[np.uint8],
    model: str | None = None,
    *,
    prior: Prior = "camera",
    resting_face: RestingFace | None = None,
) -> list[Reading]:
    """Detects and reads all faces in an upright photo (H, W, 3) uint8 RGB; largest face first.

    `model` is the name of a shipped model, or an .onnx file with its card next to it; None is the
    default. `prior` is "camera" (shares of people at a camera), "balanced" or "none" (shares of
    the training data). `resting_face` corrects for a person's neutral face. Raises InputError if
    `photo`, `model` or `prior` is invalid, and ModelError if a model is damaged.
    """
    return read_known_faces(photo, find_faces(photo), model, prior=prior, resting_face=resting_face)


def deciding(readings: Sequence[Reading]) -> Reading | None:
    """The reading whose mood counts, of a photo's readings (the largest face first).

    That is the largest face that can be read and that the detector is SURE of: a
    pattern may look like a face. Without one, it is the largest face, and where that
    cannot be read, none is.
    """
    clear = [reading for reading in readings if reading.clear]
    sure = [reading for reading in clear if reading.face.score >= SURE]
    return next(iter(sure or [reading for reading in readings[:1] if reading.clear]), None)


def read_resting_face(
    photos: Iterable[str | Path | NDArray[np.uint8]], model: str | None = None
) -> RestingFace:
    """Measures a person's neutral face from the largest face in each photo, an array or a file.

    Raises InputError if a photo has no readable face or the expression isn't neutral (see
    `RestingFace.from_log_likelihoods`), and PhotoError or MissingExtraError if a file is
    unreadable.
    """
    evidence = [_resting_evidence(photo, model) for photo in photos]
    return RestingFace.from_log_likelihoods(
        np.array(evidence, np.float32), load_expression_model(model).head()
    )


def read_known_faces(
    photo: NDArray[np.uint8],
    faces: Sequence[Face],
    model: str | None = None,
    *,
    prior: Prior = "camera",
    resting_face: RestingFace | None = None,
) -> list[Reading]:
    """Like `read_faces`, for faces that are already detected; one Reading per face, in order."""
    network = load_expression_model(model)
    crops = align_faces(gray(require_photo(photo)), faces, network.side)
    qualities = [Quality.measure(face, crop) for face, crop in zip(faces, crops, strict=True)]
    evidence = _evidence(network, crops, resting_face)
    evidence[[bool(quality.problem) for quality in qualities]] = 0
    read = posterior(evidence, prior, network.head())
    return [_reading(*values) for values in zip(faces, read, qualities, evidence, strict=True)]


def expression_probabilities(
    crops: NDArray[np.uint8],
    model: str | None = None,
    *,
    head: str | None = None,
    prior: Prior = "none",
) -> NDArray[np.float32]:
    """Calibrated probabilities (N, 7) of gray crops (N, S, S) uint8, in one batch.

    `head` is the name of a head of the model; None is the default head.
    """
    network = load_expression_model(model)
    if not len(crops):
        return np.empty((0, len(EXPRESSIONS)), np.float32)
    return posterior(log_likelihoods(network, crops, head), prior, network.head(head))


def load_expression_model(model: str | None) -> Model:
    """Loads a model of the seven expressions; raises InputError, and what `models.load` raises."""
    network = load(model, "expressions")
    if network.card.labels != EXPRESSIONS:
        raise InputError(
            f"The model {network.card.name} doesn't read the seven expressions. Choose another."
        )
    return network


def _resting_evidence(
    source: str | Path | NDArray[np.uint8], model: str | None
) -> tuple[float, ...]:
    photo = source if isinstance(source, np.ndarray) else read_reduced(source).pixels
    readings = read_faces(photo, model)
    name = "The photo" if isinstance(source, np.ndarray) else source
    if not readings:
        raise InputError(f"{name} has no face. Choose a photo of your neutral face.")
    problem = readings[0].quality.problem
    if problem:
        raise InputError(f"The face in {name} is {problem}. Choose another photo.")
    return readings[0].evidence


def _evidence(
    network: Model, crops: NDArray[np.uint8], resting_face: RestingFace | None
) -> LogLikelihoods:
    if not len(crops):
        return np.empty((0, len(EXPRESSIONS)), np.float32)
    starts = range(0, len(crops), _AT_ONCE)
    evidence = np.concatenate([log_likelihoods(network, crops[i : i + _AT_ONCE]) for i in starts])
    return resting_face.correct(evidence) if resting_face else evidence


def _reading(
    face: Face, read: NDArray[np.float32], quality: Quality, evidence: NDArray[np.float32]
) -> Reading:
    named = dict(zip(EXPRESSIONS, read.tolist(), strict=True))
    moods = MoodScores.from_expressions(read)
    return Reading(face, named, moods, quality, tuple(evidence.tolist()))
