"""A person's own prior: how this face looks when it is at rest.

Some mouths turn down and some brows are low by nature. A few pictures of the
resting face tell by how much, and readings of that person are shifted back.
"""

from dataclasses import dataclass

import numpy as np

from ..errors import InputError
from ..models.card import Head
from .prior import LogLikelihoods

LARGEST_SHIFT = 2.0
"""Nats; a face that needs more was not at rest."""


@dataclass(frozen=True)
class Rest:
    """What to add to the log-likelihoods of one person's face, in the order of EXPRESSIONS."""

    shift: tuple[float, ...]

    @classmethod
    def of(cls, resting: LogLikelihoods, head: Head) -> "Rest":
        """From log-likelihoods (N, 7) of the face at rest, over a few seconds or photos.

        The shift takes their mean to where neutral faces lie on average. Raises
        InputError when there is no reading, or the head does not know that average.
        """
        if not len(resting) or not head.resting:
            raise InputError("A resting face needs a photo with a face, and a model that knows it.")
        missing = np.array(head.resting) - resting.mean(0)
        return cls(tuple(np.clip(missing, -LARGEST_SHIFT, LARGEST_SHIFT).tolist()))

    def applied(self, evidence: LogLikelihoods) -> LogLikelihoods:
        """Log-likelihoods (N, 7) as an average face would have given them."""
        return evidence + np.array(self.shift, np.float32)
