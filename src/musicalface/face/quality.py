"""Quality check of a face: is it large, bright and frontal enough to read?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .align import TEMPLATE, similarity_transform
from .detect import Face

MIN_SIDE = 24.0
"""Minimum of the box's shorter side, in pixels."""

MIN_BRIGHTNESS = 6.0
"""Minimum gray value, 0 to 255, of the brightest tenth of the face."""

MIN_CONTRAST = 1.5
"""Minimum standard deviation of the gray values."""

MAX_TURN = 0.4
"""Maximum horizontal distance of the nose from the centre of eyes and mouth, in eye distances."""


Problem = Literal["", "too small", "too dark", "turned too far"]

ADVICE: Mapping[Problem, str] = {
    "too small": "come closer",
    "too dark": "turn on a light",
    "turned too far": "look towards the camera",
}


@dataclass(frozen=True)
class Quality:
    """Measures of a face's image quality; `problem` is empty if the face is readable."""

    side: float  # pixels
    light: float  # gray value 0 to 255 of the brightest tenth
    contrast: float  # standard deviation of gray values
    turn: float  # see MAX_TURN; 0 is straight ahead

    @classmethod
    def measure(cls, face: Face, crop: NDArray[np.uint8]) -> "Quality":
        """Measures a face and its aligned gray crop (S, S)."""
        light = float(np.percentile(crop, 90))
        return cls(min(face.box[2:]), light, float(crop.std()), _turn(face))

    @property
    def problem(self) -> Problem:
        """The first reason why the face is not readable, or an empty string."""
        if self.side < MIN_SIDE:
            return "too small"
        if self.light < MIN_BRIGHTNESS or self.contrast < MIN_CONTRAST:
            return "too dark"
        return "turned too far" if self.turn > MAX_TURN else ""


def _turn(face: Face) -> float:
    landmarks = np.array(face.landmarks)
    upright = similarity_transform(landmarks, TEMPLATE)
    eye, other_eye, nose, mouth, other_mouth = landmarks @ upright[:, :2].T + upright[:, 2]
    middle = (eye + other_eye + mouth + other_mouth)[0] / 4
    return float(abs(nose[0] - middle) / max(np.hypot(*(other_eye - eye)), 1e-6))
