"""Whether a face can be read at all, and if not, why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .align import TEMPLATE, similarity
from .detect import Face

SMALLEST_SIDE = 24.0
"""Pixels of the box's shorter side."""

DARKEST = 6.0
"""Gray value that the brightest tenth of the face must reach."""

FLATTEST = 1.5
"""Standard deviation of the gray values."""

FARTHEST_TURN = 0.4
"""How far the nose stands beside the middle of eyes and mouth, in distances between the eyes."""


Problem = Literal["", "too small", "too dark", "turned too far"]

ADVICE: Mapping[Problem, str] = {
    "too small": "come closer",
    "too dark": "turn on a light",
    "turned too far": "look towards the camera",
}


@dataclass(frozen=True)
class Quality:
    """What a reading rests on; `problem` is empty when the face can be read."""

    side: float  # pixels
    light: float  # gray value 0 to 255 of the brightest tenth
    contrast: float  # standard deviation of gray values
    turn: float  # see FARTHEST_TURN; 0: straight ahead

    @classmethod
    def of(cls, face: Face, crop: NDArray[np.uint8]) -> "Quality":
        """From a face and its aligned gray crop (48, 48)."""
        light = float(np.percentile(crop, 90))
        return cls(min(face.box[2:]), light, float(crop.std()), _turn(face))

    @property
    def problem(self) -> Problem:
        """Why the face cannot be read: the first reason that holds."""
        if self.side < SMALLEST_SIDE:
            return "too small"
        if self.light < DARKEST or self.contrast < FLATTEST:
            return "too dark"
        return "turned too far" if self.turn > FARTHEST_TURN else ""


def _turn(face: Face) -> float:
    landmarks = np.array(face.landmarks)
    upright = similarity(landmarks, TEMPLATE)
    eye, other_eye, nose, mouth, other_mouth = landmarks @ upright[:, :2].T + upright[:, 2]
    middle = (eye + other_eye + mouth + other_mouth)[0] / 4
    return float(abs(nose[0] - middle) / max(np.hypot(*(other_eye - eye)), 1e-6))
