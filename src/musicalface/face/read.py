"""Reading faces: seven expression probabilities for each face of a photo."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..models import load
from ..models.probabilities import softmax
from ..mood import EXPRESSIONS, MoodScores
from .align import aligned
from .detect import Face, find_faces
from .pixels import gray


@dataclass(frozen=True)
class Reading:
    """A face, its seven expression probabilities by name, and the moods they add up to."""

    face: Face
    expressions: dict[str, float]
    moods: MoodScores


def read_faces(photo: NDArray[np.uint8], model: str | None = None) -> list[Reading]:
    """Find and read every face of an upright photo (H, W, 3) uint8 RGB, the largest first.

    `model` is a shipped model's name or an .onnx file with its card beside it;
    None is the default. Raises InputError and ModelError (see `models.load`).
    """
    faces = find_faces(photo)
    probabilities = expressions(aligned(gray(photo), faces), model)
    return [
        Reading(
            face, dict(zip(EXPRESSIONS, p.tolist(), strict=True)), MoodScores.from_expressions(p)
        )
        for face, p in zip(faces, probabilities, strict=True)
    ]


def expressions(crops: NDArray[np.uint8], model: str | None = None) -> NDArray[np.float32]:
    """Calibrated probabilities (N, 7) of gray crops (N, 48, 48) uint8, in one batch."""
    network = load(model, "expressions")
    if network.card.labels != EXPRESSIONS:
        raise InputError(f"The model {network.card.name} does not read {', '.join(EXPRESSIONS)}.")
    if not len(crops):
        return np.empty((0, len(EXPRESSIONS)), np.float32)
    return softmax(network.logits(crops[:, None].astype(np.float32)))
