"""Steady mood of a stream of frames: face tracking, expression recognition, temporal smoothing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..mood import FaceObservation, SteadyMood, SteadyState
from .expression_classifier import Reading, read_known_faces
from .face_tracker import Tracker
from .prior import Prior, parse_prior
from .resting_face import RestingFace


@dataclass(frozen=True)
class FrameResult:
    """The result of one frame: readings by track number, and the steady mood after it."""

    readings: dict[int, Reading]
    state: SteadyState


class MoodTracker:
    """Reads the steady mood of camera frames; call `update` for each frame. Stores no frames.

    `model`, `prior` and `resting_face` are those of `read_faces`.
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        prior: Prior = "camera",
        resting_face: RestingFace | None = None,
    ) -> None:
        self.model, self.prior, self.resting_face = model, parse_prior(prior), resting_face
        self._tracker, self._smoother = Tracker(), SteadyMood()

    def update(self, frame: NDArray[np.uint8], at: float) -> FrameResult:
        """Processes a frame (H, W, 3) uint8 RGB taken at `at` seconds of a monotonic clock.

        An unreadable face is included in the readings but doesn't affect the mood. Raises
        InputError and ModelError as `read_faces` does.
        """
        tracks = self._tracker.update(frame, at)
        read = read_known_faces(
            frame,
            [track.face for track in tracks],
            self.model,
            prior=self.prior,
            resting_face=self.resting_face,
        )
        readings = {track.number: reading for track, reading in zip(tracks, read, strict=True)}
        observations = {
            number: _observation(reading) for number, reading in readings.items() if reading.clear
        }
        return FrameResult(readings, self._smoother.update(observations, at))


def _observation(reading: Reading) -> FaceObservation:
    shares = np.fromiter(reading.expressions.values(), np.float32)
    width, height = reading.face.box[2:]
    return FaceObservation(np.log(np.maximum(shares, 1e-9)), width * height)
