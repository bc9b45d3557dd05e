"""A stream of frames becomes a steady mood: follow the faces, read them, smooth over time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..mood import Seen, SteadyMood, SteadyState
from .prior import Prior, parse_prior
from .read import Reading, read_known_faces
from .rest import Rest
from .track import Tracker


@dataclass(frozen=True)
class Sight:
    """What one frame added: the faces in it by their track's number, and the steady mood."""

    readings: dict[int, Reading]
    state: SteadyState


class Watcher:
    """Watches a camera: hand it each frame and its time; it keeps none of them.

    `model`, `prior` and `rest` as in `read_faces`.
    """

    def __init__(
        self, model: str | None = None, *, prior: Prior = "camera", rest: Rest | None = None
    ) -> None:
        self.model, self.prior, self.rest = model, parse_prior(prior), rest
        self._tracker, self._steady = Tracker(), SteadyMood()

    def update(self, frame: NDArray[np.uint8], at: float) -> Sight:
        """Take in a frame (H, W, 3) uint8 RGB, taken at `at` seconds of any clock that runs on.

        A face that cannot be read is among the readings, and has no say in the mood.
        Raises InputError and ModelError (see `models.load`).
        """
        tracks = self._tracker.update(frame, at)
        read = read_known_faces(
            frame,
            [track.face for track in tracks],
            self.model,
            prior=self.prior,
            rest=self.rest,
        )
        readings = {track.number: reading for track, reading in zip(tracks, read, strict=True)}
        seen = {number: _seen(reading) for number, reading in readings.items() if reading.clear}
        return Sight(readings, self._steady.update(seen, at))


def _seen(reading: Reading) -> Seen:
    shares = np.fromiter(reading.expressions.values(), np.float32)
    width, height = reading.face.box[2:]
    return Seen(np.log(np.maximum(shares, 1e-9)), width * height)
