"""What a network said against what it should have said."""

from torch import Tensor, nn


def loss_of(
    logits: Tensor, labels: Tensor, log_prior: Tensor | None = None, smoothing: float = 0.0
) -> Tensor:
    """Mean cross entropy in nats, the mean over heads.

    Logits are (N, K) for labels (N,), or (N, H, K) for distributions (N, H, K); see
    `recipe.Examples`. `smoothing` is of classes (Szegedy et al., 2016); distributions
    are smoothed when they are made.
    """
    if labels.ndim == 1:
        return nn.functional.cross_entropy(logits, labels, label_smoothing=smoothing)
    missed = -(labels * _judged(logits, log_prior).log_softmax(-1)).sum(-1)
    return (missed.sum(0) / _given(labels).sum(0).clamp(min=1)).mean()


def right_of(logits: Tensor, labels: Tensor, log_prior: Tensor | None = None) -> float:
    """The share of labels whose likeliest class was the network's, the mean over heads."""
    if labels.ndim == 1:
        return (logits.argmax(1) == labels).float().mean().item()
    given = _given(labels)
    right = (_judged(logits, log_prior).argmax(-1) == labels.argmax(-1)) & given
    return (right.sum(0) / given.sum(0).clamp(min=1)).mean().item()


def _judged(logits: Tensor, log_prior: Tensor | None) -> Tensor:
    return logits if log_prior is None else logits + log_prior


def _given(labels: Tensor) -> Tensor:
    return labels.sum(-1) > 0
