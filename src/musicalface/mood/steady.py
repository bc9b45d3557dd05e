"""A steady mood from faces that are read again and again, at any frame rate.

Each face's log-probabilities are smoothed over time, the faces of a room averaged by
their size, and a mood is published when it has been the clear winner for a while. All
times are in seconds, none in frames.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .circumplex import Mood, MoodScores

TIME_CONSTANT = 0.4
"""Seconds after which a new expression makes up 63 % of the smoothed one."""

HOLD = 1.4
"""Seconds for which a mood must win before it is published, or unpublished."""

GONE = 1.0
"""Seconds after which a face that is not seen is forgotten."""

_LEAST = float(np.log(0.01))
"""No frame speaks louder against an expression: so none can silence all others."""


@dataclass(frozen=True)
class Seen:
    """One face in one frame: log-probabilities (7,) in the order of EXPRESSIONS, and its size.

    `size` is any measure of area; faces count in proportion to it.
    """

    log_probabilities: NDArray[np.float32]
    size: float = 1.0


@dataclass(frozen=True)
class SteadyState:
    """What is known after a frame.

    `mood` is the published one, None while unsure or without a face; `scores` are
    the smoothed probabilities of this moment, None without a face.
    """

    mood: Mood | None
    scores: MoodScores | None


class SteadyMood:
    """The mood of a room, of one face or several.

    A clear mood that stays is published in under 2 s at 2 to 60 frames a second, a
    change shows within 3 s, and one odd frame changes nothing.
    """

    def __init__(self, time_constant: float = TIME_CONSTANT, hold: float = HOLD) -> None:
        """Both in seconds."""
        self.time_constant, self.hold = time_constant, hold
        self._faces: dict[int, _Smoothed] = {}
        self._published: Mood | None = None
        self._candidate: Mood | None = None
        self._since = 0.0

    def update(self, seen: Mapping[int, Seen], at: float) -> SteadyState:
        """Take in the faces of the frame at `at` seconds, by the numbers of their tracks.

        Time must not run backwards; a frame that is older than the last counts as its twin.
        """
        for number, face in seen.items():
            known = self._faces.setdefault(number, _Smoothed(self.time_constant))
            known.update(face, at)
        self._faces = {n: face for n, face in self._faces.items() if at - face.at < GONE}
        if not self._faces:
            self._published = self._candidate = None
            return SteadyState(None, None)
        scores = self._room()
        self._publish(scores.mood if scores.sure else None, at)
        return SteadyState(self._published, scores)

    def _room(self) -> MoodScores:
        faces = list(self._faces.values())
        shares = np.array([face.probabilities for face in faces])
        sizes = np.array([max(face.size, 1e-9) for face in faces])
        return MoodScores.from_expressions((sizes / sizes.sum() @ shares).astype(np.float32))

    def _publish(self, winner: Mood | None, at: float) -> None:
        if winner is not self._candidate:
            self._candidate, self._since = winner, at
        if at - self._since >= self.hold:
            self._published = winner


class _Smoothed:
    """One face's log-probabilities as an exponential average over time."""

    def __init__(self, time_constant: float) -> None:
        self.time_constant = time_constant
        self.at = -np.inf
        self.size = 0.0
        self._mean: NDArray[np.float32] = np.zeros(0, np.float32)

    def update(self, face: Seen, at: float) -> None:
        bounded = np.maximum(face.log_probabilities, _LEAST)
        if not self._mean.size:
            self._mean = bounded
        weight = 1 - np.exp(-max(0.0, at - self.at) / self.time_constant)
        self._mean = self._mean + weight * (bounded - self._mean)
        self.at, self.size = max(at, self.at), face.size

    @property
    def probabilities(self) -> NDArray[np.float32]:
        shares = np.exp(self._mean)
        return np.asarray(shares / shares.sum())
