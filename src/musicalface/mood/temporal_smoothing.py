"""Temporal smoothing: a steady mood from repeated readings of faces, at any frame rate.

Each face's log-probabilities are averaged exponentially over time, the faces are averaged by size,
and a mood is published after it has been clear for HOLD_SECONDS. All times are in seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from .circumplex import EXPRESSIONS, Mood, MoodScores

TIME_CONSTANT = 0.4
"""Seconds after which a new expression makes up 63 % of the smoothed one."""

HOLD_SECONDS = 1.4
"""Seconds for which a mood must be clear to be published, or unclear to be removed."""

FACE_TIMEOUT = 1.0
"""Seconds after which a missing face is dropped; below HOLD_SECONDS, so it can't publish a mood."""

RESET_AFTER = 3.0
"""Seconds without a frame after which everything is reset; a busy computer causes shorter gaps."""

_ROUNDING = 1e-3

_MIN_LOG_PROBABILITY = float(np.log(0.01))
"""Lower bound of an observation, so that a single frame can't rule out an expression."""


@dataclass(frozen=True)
class FaceObservation:
    """One face in one frame: log-probabilities (7,) in the order of EXPRESSIONS, and a size.

    `size` is the weight of the face, for example its area in pixels. Raises InputError unless the
    log-probabilities are seven numbers of at most 0 and the size is finite and not negative.
    """

    log_probabilities: NDArray[np.float32]
    size: float = 1.0

    def __post_init__(self) -> None:
        """Checks the values; raises InputError."""
        values = np.asarray(self.log_probabilities)
        if values.shape != (len(EXPRESSIONS),) or not (values <= _ROUNDING).all():
            raise InputError("A FaceObservation needs seven log-probabilities of at most 0.")
        if not 0 <= self.size < np.inf:
            raise InputError("The size of a face must be a finite number of at least 0.")


@dataclass(frozen=True)
class SteadyState:
    """The state after a frame.

    `mood` is the published mood, None if no mood is clear or there is no face. `scores` are the
    current smoothed probabilities, None without a face. `pending` is a clear mood that is not
    published yet, and `progress` the share, 0 to 1, of the time for which it must hold.
    """

    mood: Mood | None
    scores: MoodScores | None
    pending: Mood | None = None
    progress: float = 0.0


class _SmoothedFace:
    """One face's log-probabilities as an exponential average over time."""

    def __init__(self, time_constant: float) -> None:
        self.time_constant = time_constant
        self.at = -np.inf
        self.size = 0.0
        self._mean: NDArray[np.float32] = np.zeros(0, np.float32)

    def update(self, face: FaceObservation, at: float) -> None:
        bounded = np.maximum(face.log_probabilities, _MIN_LOG_PROBABILITY)
        if not self._mean.size:
            self._mean = bounded
        weight = 1 - np.exp(-(at - self.at) / self.time_constant)
        self._mean = self._mean + weight * (bounded - self._mean)
        self.at, self.size = at, face.size

    @property
    def probabilities(self) -> NDArray[np.float32]:
        shares = np.exp(self._mean)
        return np.asarray(shares / shares.sum())


class SteadyMood:
    """Smooths the readings of one or more faces into one steady mood.

    At 2 to 60 frames per second, a constant clear mood is published in less than 2 s, a change is
    published within 3 s, and a single outlier frame has no effect. With slower frames, down to one
    in RESET_AFTER, three frames publish a mood.
    """

    _faces: dict[int, _SmoothedFace]
    _published: Mood | None
    _winner: Mood | None  # clear mood of the last frame
    _since: float  # start time of _winner
    _won_at: float  # time when _published was last clear
    _at: float  # time of the last frame

    def __init__(self, time_constant: float = TIME_CONSTANT, hold: float = HOLD_SECONDS) -> None:
        """Both arguments are in seconds; raises InputError unless they are finite and above 0."""
        if not (0 < time_constant < np.inf and 0 < hold < np.inf):
            raise InputError("time_constant and hold must be finite numbers of seconds above 0.")
        self.time_constant, self.hold = time_constant, hold
        self._reset()

    def update(self, observations: Mapping[int, FaceObservation], at: float) -> SteadyState:
        """Adds the faces, by track number, of a frame taken at `at` seconds.

        After a gap of RESET_AFTER or a time that goes backwards, the state is reset; a gap of
        FACE_TIMEOUT or more counts as half the hold time if the mood is the same after it, and
        not against a published mood. Raises InputError if the time is not finite.
        """
        if not np.isfinite(at):
            raise InputError(f"The time of a frame must be a number of seconds, not {at}.")
        self._advance(at)
        self._smooth(observations, at)
        if not self._faces:
            self._reset()
            return SteadyState(None, None)
        scores = self._average_faces()
        self._publish(scores.mood if scores.sure else None, at)
        return SteadyState(self._published, scores, *self._pending(at))

    def _pending(self, at: float) -> tuple[Mood | None, float]:
        if self._winner is None or self._winner is self._published:
            return None, 0.0
        return self._winner, min((at - self._since) / self.hold, 1.0)

    def _reset(self) -> None:
        self._faces = {}
        self._published = self._winner = None
        self._at = self._since = self._won_at = -np.inf

    def _advance(self, at: float) -> None:
        unseen = at - self._at
        if not 0 <= unseen < RESET_AFTER:
            self._reset()
        elif unseen >= FACE_TIMEOUT:  # a slow computer needs three frames, whatever their distance
            self._since += unseen - self.hold / 2
            self._won_at += unseen
        self._at = at

    def _smooth(self, observations: Mapping[int, FaceObservation], at: float) -> None:
        for number, face in observations.items():
            smoothed = self._faces.setdefault(number, _SmoothedFace(self.time_constant))
            smoothed.update(face, at)
        self._faces = {n: face for n, face in self._faces.items() if at - face.at < FACE_TIMEOUT}

    def _average_faces(self) -> MoodScores:
        faces = list(self._faces.values())
        shares = np.array([face.probabilities for face in faces])
        sizes = np.array([max(face.size, 1e-9) for face in faces])
        return MoodScores.from_expressions((sizes / sizes.sum() @ shares).astype(np.float32))

    def _publish(self, winner: Mood | None, at: float) -> None:
        """Publishes a mood that has been clear for `hold` seconds; removes one that hasn't been."""
        if winner is not self._winner:
            self._winner, self._since = winner, at
        if winner is self._published:
            self._won_at = at
        if winner and at - self._since >= self.hold:
            self._published, self._won_at = winner, at
        if at - self._won_at >= self.hold:
            self._published = None
