"""A person's own prior: how this face looks when it is at rest.

Some mouths turn down and some brows are low by nature. A few pictures of the
resting face tell by how much, and readings of that person are shifted back.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..models.card import Head
from ..models.probabilities import softmax
from ..mood import EXPRESSIONS, Expression
from .prior import LogLikelihoods, log_prior

LARGEST_SHIFT = 2.0
"""Nats that an expression is held back at most."""

_NOT_AT_REST = (Expression.HAPPY, Expression.SURPRISE)
_NEUTRAL = EXPRESSIONS.index(Expression.NEUTRAL)


@dataclass(frozen=True)
class Rest:
    """What to add to the log-likelihoods of one person's face, in the order of EXPRESSIONS.

    Seven numbers from -2 to 0: expressions that the resting face seems to show are
    held back; none is helped. Raises InputError for anything else.
    """

    shift: tuple[float, ...]

    def __post_init__(self) -> None:
        """See the class."""
        known = np.array(self.shift, float)
        if (
            known.shape != (len(EXPRESSIONS),)
            or not ((known >= -LARGEST_SHIFT) & (known <= 0)).all()
        ):
            raise InputError(f"A shift is seven numbers from {-LARGEST_SHIFT:g} to 0.")

    @classmethod
    def of(cls, resting: LogLikelihoods, head: Head) -> "Rest":
        """From log-likelihoods (N, 7) of the face at rest, over a few seconds or photos.

        They are the `evidence` of readings that are clear and were made without a
        rest. What stands out beside neutral, more than it does in neutral faces on
        average, is held back. Raises InputError when there is no reading, when the
        face smiles or is surprised, or the model does not know neutral faces.
        """
        if not head.resting:
            raise InputError("This model does not know how neutral faces look: name another.")
        if np.ndim(resting) != 2 or not len(resting) or not np.isfinite(resting).all():
            raise InputError("A resting face needs at least one reading.")
        mean = np.mean(resting, axis=0)
        _require_rest(mean, head)
        stands_out = (mean - mean[_NEUTRAL]) - (np.array(head.resting) - head.resting[_NEUTRAL])
        return cls(tuple((-stands_out).clip(-LARGEST_SHIFT, 0).tolist()))

    def applied(self, evidence: LogLikelihoods) -> LogLikelihoods:
        """Log-likelihoods (N, 7) as an average face would have given them."""
        return evidence + np.array(self.shift, np.float32)


def _require_rest(mean: NDArray[np.float32], head: Head) -> None:
    shown = EXPRESSIONS[int(softmax(mean + log_prior("camera", head)).argmax())]
    if shown in _NOT_AT_REST:
        raise InputError(f"A resting face that looks {shown} is not at rest: take another photo.")
