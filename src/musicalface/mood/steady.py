"""A steady mood from faces that are read again and again, at any frame rate.

Each face's log-probabilities are smoothed over time, the faces of a room averaged by
their size, and a mood is published when it has been the clear winner for a while. All
times are in seconds, none in frames.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from .circumplex import EXPRESSIONS, Mood, MoodScores

TIME_CONSTANT = 0.4
"""Seconds after which a new expression makes up 63 % of the smoothed one."""

HOLD = 1.4
"""Seconds for which a mood must win before it is published, or unpublished."""

GONE = 1.0
"""Seconds after which a face that is not seen is forgotten: before it could win alone."""

PAUSE = 3.0
"""Seconds without a frame after which all is forgotten; a computer may be busy for less."""

_ROUNDING = 1e-3

_LEAST = float(np.log(0.01))
"""No frame speaks louder against an expression: so none can silence all others."""


@dataclass(frozen=True)
class Seen:
    """One face in one frame: log-probabilities (7,) in the order of EXPRESSIONS, and its size.

    `size` is any measure of area; faces count in proportion to it. Raises
    InputError for what is neither.
    """

    log_probabilities: NDArray[np.float32]
    size: float = 1.0

    def __post_init__(self) -> None:
        """See the class."""
        known = np.asarray(self.log_probabilities)
        if known.shape != (len(EXPRESSIONS),) or not (known <= _ROUNDING).all():
            raise InputError("A face that was seen has seven log-probabilities, of 0 or less.")
        if not 0 <= self.size < np.inf:
            raise InputError("The size of a face is a number, 0 or more.")


@dataclass(frozen=True)
class SteadyState:
    """What is known after a frame.

    `mood` is the published one, None while unsure or without a face; `scores` are
    the smoothed probabilities of this moment, None without a face.
    """

    mood: Mood | None
    scores: MoodScores | None


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
        weight = 1 - np.exp(-(at - self.at) / self.time_constant)
        self._mean = self._mean + weight * (bounded - self._mean)
        self.at, self.size = at, face.size

    @property
    def probabilities(self) -> NDArray[np.float32]:
        shares = np.exp(self._mean)
        return np.asarray(shares / shares.sum())


class SteadyMood:
    """The mood of a room, of one face or several.

    A clear mood that stays is published in under 2 s at 2 to 60 frames a second, a
    change shows within 3 s, and one odd frame changes nothing.
    """

    _faces: dict[int, _Smoothed]
    _published: Mood | None
    _winner: Mood | None  # of the last frame, since when, and when the published one last won
    _since: float
    _won_at: float
    _at: float

    def __init__(self, time_constant: float = TIME_CONSTANT, hold: float = HOLD) -> None:
        """Both in seconds; raises InputError unless they are above 0."""
        if not (0 < time_constant < np.inf and 0 < hold < np.inf):
            raise InputError("The time constant and the hold are seconds, above 0.")
        self.time_constant, self.hold = time_constant, hold
        self._forget()

    def update(self, seen: Mapping[int, Seen], at: float) -> SteadyState:
        """Take in the faces of the frame at `at` seconds, by the numbers of their tracks.

        A long pause, or a clock that is set back, starts anew; in a short one time stands
        still. Raises InputError for what is no time.
        """
        if not np.isfinite(at):
            raise InputError(f"The time of a frame is a number of seconds, and not {at}.")
        self._pass(at)
        self._smooth(seen, at)
        if not self._faces:
            self._forget()
            return SteadyState(None, None)
        scores = self._room()
        self._publish(scores.mood if scores.sure else None, at)
        return SteadyState(self._published, scores)

    def _forget(self) -> None:
        self._faces = {}
        self._published = self._winner = None
        self._at = self._since = self._won_at = -np.inf

    def _pass(self, at: float) -> None:
        unseen = at - self._at
        if not 0 <= unseen < PAUSE:
            self._forget()
        elif unseen >= GONE:  # no mood was held in it, and none was lost
            self._winner = None
            self._won_at += unseen
        self._at = at

    def _smooth(self, seen: Mapping[int, Seen], at: float) -> None:
        for number, face in seen.items():
            known = self._faces.setdefault(number, _Smoothed(self.time_constant))
            known.update(face, at)
        self._faces = {n: face for n, face in self._faces.items() if at - face.at < GONE}

    def _room(self) -> MoodScores:
        faces = list(self._faces.values())
        shares = np.array([face.probabilities for face in faces])
        sizes = np.array([max(face.size, 1e-9) for face in faces])
        return MoodScores.from_expressions((sizes / sizes.sum() @ shares).astype(np.float32))

    def _publish(self, winner: Mood | None, at: float) -> None:
        """What has won for a while is published; what has not won for a while is not."""
        if winner is not self._winner:
            self._winner, self._since = winner, at
        if winner is self._published:
            self._won_at = at
        if winner and at - self._since >= self.hold:
            self._published, self._won_at = winner, at
        if at - self._won_at >= self.hold:
            self._published = None
