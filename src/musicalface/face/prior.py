"""How likely each expression is before a face is seen: the one place where a prior is applied.

What a network gives is made free of its training data's class shares (logit
adjustment; Menon et al., 2021): a log-likelihood for each expression. The prior of
the situation is added to that, and only here.
"""

from collections.abc import Mapping
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..models.card import Head
from ..models.loader import Model
from ..models.probabilities import log_shares, log_softmax, softmax
from ..mood import EXPRESSIONS, Expression

Prior = Literal["camera", "balanced", "none"]
"""camera: a person looks into a camera (CAMERA). balanced: all seven are as likely. none: nothing
is corrected, and the shares of the faces that the head learnt from stay in, as in papers."""

PRIORS: tuple[Prior, ...] = get_args(Prior)

CAMERA: Mapping[Expression, float] = {
    Expression.ANGRY: 0.035,
    Expression.DISGUST: 0.01,
    Expression.FEAR: 0.01,
    Expression.HAPPY: 0.455,
    Expression.SAD: 0.08,
    Expression.SURPRISE: 0.23,
    Expression.NEUTRAL: 0.18,
}
"""Fitted by runs/camera_prior.py to head people of janus, on natural photos: of these, 8 % are
angry, 3 % disgusted, 36 % happy, 8 % sad, 11 % surprised and 33 % neutral. Where the two differ,
the prior makes up for a leaning of the network, which calls a mild surprise neutral."""

LogLikelihoods = NDArray[np.float32]
"""Prior-free, (N, 7) float32, in the order of EXPRESSIONS; known up to a constant in each row."""


def parse_prior(name: str) -> Prior:
    """The prior of that name; raises InputError."""
    for known in PRIORS:
        if name == known:
            return known
    raise InputError(f"There is no prior '{name}': choose one of {', '.join(PRIORS)}.")


def likelihoods(
    network: Model, crops: NDArray[np.uint8], head: str | None = None
) -> LogLikelihoods:
    """Prior-free log-likelihoods (N, 7) of gray crops (N, 48, 48), in one batch.

    Raises InputError for a head that the network has not.
    """
    logits = network.logits(crops[:, None].astype(np.float32), head)
    if not network.card.prior_free:
        logits = logits - log_prior("none", network.head(head))
    return log_softmax(logits)


def log_prior(prior: Prior, head: Head) -> NDArray[np.float32]:
    """The log of each expression's share (7,); raises InputError for an unknown prior."""
    if parse_prior(prior) == "balanced":
        return np.zeros(len(EXPRESSIONS), np.float32)
    return log_shares([CAMERA[e] for e in EXPRESSIONS] if prior == "camera" else head.prior)


def probabilities(evidence: LogLikelihoods, prior: Prior, head: Head) -> NDArray[np.float32]:
    """Bayes' rule: (N, 7), adding up to 1."""
    return softmax(evidence + log_prior(prior, head))
