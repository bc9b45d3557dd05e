"""Correction for a person's neutral face.

Some neutral faces look sad or angry, with low brows or a downturned mouth. A few pictures of the
neutral face measure by how much, and readings of this person are corrected.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..models.model_card import Head
from ..models.probabilities import softmax
from ..mood import EXPRESSIONS, Expression
from .prior import LogLikelihoods, log_prior

MAX_SHIFT = 2.0
"""Maximum correction of an expression, in nats."""

_NOT_NEUTRAL = (Expression.HAPPY, Expression.SURPRISE)
_NEUTRAL = EXPRESSIONS.index(Expression.NEUTRAL)


@dataclass(frozen=True)
class RestingFace:
    """A correction that is added to the log-likelihoods of one person, in the order of EXPRESSIONS.

    `shift` has seven numbers from -2 to 0 (nats), negative for expressions that the neutral face
    seems to show. Raises InputError for other numbers.
    """

    shift: tuple[float, ...]

    def __post_init__(self) -> None:
        """Checks the shift; raises InputError."""
        shift = np.array(self.shift, float)
        if shift.shape != (len(EXPRESSIONS),) or not ((shift >= -MAX_SHIFT) & (shift <= 0)).all():
            raise InputError(f"A shift must be seven numbers from {-MAX_SHIFT:g} to 0.")

    @classmethod
    def from_log_likelihoods(cls, resting: LogLikelihoods, head: Head) -> "RestingFace":
        """Computes the correction from log-likelihoods (N, 7) of the neutral face.

        They are the `evidence` of clear readings, over a few seconds or photos, made without a
        resting face. An expression is reduced by as much as its excess over neutral is larger than
        in the average neutral face. Raises InputError if there is no reading, the face is happy or
        surprised, or the model's card has no average neutral face.
        """
        if not head.resting:
            raise InputError("This model doesn't support resting faces. Choose another model.")
        if np.ndim(resting) != 2 or not len(resting) or not np.isfinite(resting).all():
            raise InputError("A resting face needs at least one reading. Take a photo first.")
        mean = np.mean(resting, axis=0)
        _require_neutral(mean, head)
        excess = (mean - mean[_NEUTRAL]) - (np.array(head.resting) - head.resting[_NEUTRAL])
        return cls(tuple((-excess).clip(-MAX_SHIFT, 0).tolist()))

    def correct(self, evidence: LogLikelihoods) -> LogLikelihoods:
        """Returns corrected log-likelihoods (N, 7)."""
        return evidence + np.array(self.shift, np.float32)


def _require_neutral(mean: NDArray[np.float32], head: Head) -> None:
    shown = EXPRESSIONS[int(softmax(mean + log_prior("camera", head)).argmax())]
    if shown in _NOT_NEUTRAL:
        seen = "You're smiling!" if shown is Expression.HAPPY else "You look surprised."
        raise InputError(f"{seen} Relax your face and try again.")
