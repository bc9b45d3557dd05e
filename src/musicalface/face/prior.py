"""Priors of the expressions; the only module that applies them.

Network outputs are corrected for the class shares of the training data (logit adjustment; Menon et
al., 2021), which gives a log-likelihood for each expression. The log-prior of the situation is then
added.
"""

from collections.abc import Mapping
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..models.loader import Model
from ..models.model_card import Head
from ..models.probabilities import log_shares, log_softmax, softmax
from ..mood import EXPRESSIONS, Expression
from .image_ops import resize

Prior = Literal["camera", "balanced", "none"]
"""camera: shares of people at a camera (CAMERA_PRIOR). balanced: equal shares. none: the shares of
the head's training data, without a correction, as in papers."""

PRIORS: tuple[Prior, ...] = get_args(Prior)

CAMERA_PRIOR: Mapping[Expression, float] = {
    Expression.ANGRY: 0.151,
    Expression.DISGUST: 0.125,
    Expression.FEAR: 0.072,
    Expression.HAPPY: 0.168,
    Expression.SAD: 0.151,
    Expression.SURPRISE: 0.148,
    Expression.NEUTRAL: 0.186,
}
"""Fitted by runs/camera_prior.py to the head camera of argus on natural photos, of which 8 % are
angry, 3 % disgusted, 36 % happy, 8 % sad, 11 % surprised and 33 % neutral. It is closer to equal
shares than these, so that rare expressions are not missed."""

_TOGETHER = 64  # faces that the network reads in one batch: a crowd needs no more memory

LogLikelihoods = NDArray[np.float32]
"""Prior-free, (N, 7) float32, in the order of EXPRESSIONS, up to a constant per row."""


def parse_prior(name: str) -> Prior:
    """Returns the prior with this name; raises InputError if there is none."""
    for prior in PRIORS:
        if name == prior:
            return prior
    raise InputError(f"There is no prior '{name}'. Choose one of {', '.join(PRIORS)}.")


def log_likelihoods(
    network: Model, crops: NDArray[np.uint8], head: str | None = None
) -> LogLikelihoods:
    """Prior-free log-likelihoods (N, 7) of gray crops (N, S, S) uint8.

    Crops of another side than the network's are resized. Raises InputError if the network has no
    such head.
    """
    network.head(head)
    return all_log_likelihoods(network, crops)[head or list(network.card.heads)[-1]]


def all_log_likelihoods(network: Model, crops: NDArray[np.uint8]) -> dict[str, LogLikelihoods]:
    """`log_likelihoods` of all heads, by name, in one pass over the crops."""
    parts = np.array_split(crops, max(1, -(-len(crops) // _TOGETHER)))
    logits = np.concatenate([network.all_logits(_batch(part, network.side)) for part in parts])
    if not network.card.prior_free:
        logits = logits - np.stack(
            [log_prior("none", head) for head in network.card.heads.values()]
        )
    return dict(zip(network.card.heads, np.moveaxis(log_softmax(logits), 1, 0), strict=True))


def _batch(crops: NDArray[np.uint8], side: int) -> NDArray[np.float32]:
    """Crops as the network takes them: (N, 1, side, side)."""
    return np.stack([resize(crop, side, side) for crop in crops])[:, None].astype(np.float32)


def log_prior(prior: Prior, head: Head) -> NDArray[np.float32]:
    """The log-probability (7,) of each expression; raises InputError for an unknown prior."""
    if parse_prior(prior) == "balanced":
        return np.zeros(len(EXPRESSIONS), np.float32)
    return log_shares([CAMERA_PRIOR[e] for e in EXPRESSIONS] if prior == "camera" else head.prior)


def posterior(evidence: LogLikelihoods, prior: Prior, head: Head) -> NDArray[np.float32]:
    """Bayes' rule: probabilities (N, 7) from evidence (N, 7) and a prior; each row sums to 1."""
    return softmax(evidence + log_prior(prior, head))
