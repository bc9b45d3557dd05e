"""Reading faces: seven expression probabilities for each face of a photo."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..models import Model, load
from ..mood import EXPRESSIONS, MoodScores
from .align import aligned
from .detect import Face, find_faces
from .photo import read_photo
from .pixels import gray, require_photo
from .prior import LogLikelihoods, Prior, likelihoods, probabilities
from .quality import Quality
from .rest import Rest


@dataclass(frozen=True)
class Reading:
    """A face, its seven expression probabilities by name, and the moods they add up to.

    Where `quality.problem` names a reason the face was not read: it tells nothing,
    and the probabilities are the prior's. `evidence` are the prior-free
    log-likelihoods that the probabilities were made of, in the order of EXPRESSIONS.
    """

    face: Face
    expressions: dict[str, float]
    moods: MoodScores
    quality: Quality
    evidence: tuple[float, ...]

    @property
    def clear(self) -> bool:
        """Whether the face could be read."""
        return not self.quality.problem


def read_faces(
    photo: NDArray[np.uint8],
    model: str | None = None,
    *,
    prior: Prior = "camera",
    rest: Rest | None = None,
) -> list[Reading]:
    """Find and read every face of an upright photo (H, W, 3) uint8 RGB, the largest first.

    `model` is a shipped model's name or an .onnx file with its card beside it;
    None is the default. `prior` says how likely each expression is beforehand, and
    `rest` how this person looks at rest. Raises InputError and ModelError (see
    `models.load`).
    """
    return read_known_faces(photo, find_faces(photo), model, prior=prior, rest=rest)


def resting(photos: Iterable[str | Path | NDArray[np.uint8]], model: str | None = None) -> Rest:
    """How a person looks at rest, from the largest face of each photo or file.

    Raises InputError when a photo has no face that can be read, or one that is not
    at rest (see `Rest.of`), and what `read_photo` raises.
    """
    evidence = [_resting(photo, model) for photo in photos]
    return Rest.of(np.array(evidence, np.float32), expression_model(model).head())


def read_known_faces(
    photo: NDArray[np.uint8],
    faces: Sequence[Face],
    model: str | None = None,
    *,
    prior: Prior = "camera",
    rest: Rest | None = None,
) -> list[Reading]:
    """`read_faces` for faces that were found already; a Reading for each, in their order."""
    network = expression_model(model)
    crops = aligned(gray(require_photo(photo)), faces)
    qualities = [Quality.of(face, crop) for face, crop in zip(faces, crops, strict=True)]
    evidence = _evidence(network, crops, rest)
    evidence[[bool(quality.problem) for quality in qualities]] = 0
    read = probabilities(evidence, prior, network.head())
    return [_reading(*known) for known in zip(faces, read, qualities, evidence, strict=True)]


def expressions(
    crops: NDArray[np.uint8],
    model: str | None = None,
    *,
    head: str | None = None,
    prior: Prior = "none",
) -> NDArray[np.float32]:
    """Calibrated probabilities (N, 7) of gray crops (N, 48, 48) uint8, in one batch.

    `head` is one of the model's; None is the one that the program reads.
    """
    network = expression_model(model)
    if not len(crops):
        return np.empty((0, len(EXPRESSIONS)), np.float32)
    return probabilities(likelihoods(network, crops, head), prior, network.head(head))


def expression_model(model: str | None) -> Model:
    """The model, when it reads the seven expressions; else InputError (and see `models.load`)."""
    network = load(model, "expressions")
    if network.card.labels != EXPRESSIONS:
        raise InputError(f"The model {network.card.name} does not read {', '.join(EXPRESSIONS)}.")
    return network


def _resting(source: str | Path | NDArray[np.uint8], model: str | None) -> tuple[float, ...]:
    photo = source if isinstance(source, np.ndarray) else read_photo(source)
    readings = read_faces(photo, model)
    name = "The photo" if isinstance(source, np.ndarray) else source
    if not readings:
        raise InputError(f"{name} has no face: a resting face is needed.")
    if readings[0].quality.problem:
        raise InputError(f"{name} has a face that is {readings[0].quality.problem} to be read.")
    return readings[0].evidence


def _evidence(network: Model, crops: NDArray[np.uint8], rest: Rest | None) -> LogLikelihoods:
    if not len(crops):
        return np.empty((0, len(EXPRESSIONS)), np.float32)
    evidence = likelihoods(network, crops)
    return rest.applied(evidence) if rest else evidence


def _reading(
    face: Face, read: NDArray[np.float32], quality: Quality, evidence: NDArray[np.float32]
) -> Reading:
    named = dict(zip(EXPRESSIONS, read.tolist(), strict=True))
    moods = MoodScores.from_expressions(read)
    return Reading(face, named, moods, quality, tuple(evidence.tolist()))
