"""Loss function and accuracy for one or more heads."""

from torch import Tensor, nn


def cross_entropy(
    logits: Tensor, labels: Tensor, log_prior: Tensor | None = None, smoothing: float = 0.0
) -> Tensor:
    """Mean cross entropy in nats, the mean over heads.

    Logits are (N, K) for labels (N,), or (N, H, K) for distributions (N, H, K); see
    `config.Examples`. `smoothing` is label smoothing of classes (Szegedy et al., 2016);
    distributions must be smoothed already.
    """
    if labels.ndim == 1:
        return nn.functional.cross_entropy(logits, labels, label_smoothing=smoothing)
    losses = -(labels * _add_prior(logits, log_prior).log_softmax(-1)).sum(-1)
    return (losses.sum(0) / _has_label(labels).sum(0).clamp(min=1)).mean()


def accuracy(logits: Tensor, labels: Tensor, log_prior: Tensor | None = None) -> float:
    """The fraction of examples whose most likely class is predicted, the mean over heads."""
    if labels.ndim == 1:
        return (logits.argmax(1) == labels).float().mean().item()
    has_label = _has_label(labels)
    correct = (_add_prior(logits, log_prior).argmax(-1) == labels.argmax(-1)) & has_label
    return (correct.sum(0) / has_label.sum(0).clamp(min=1)).mean().item()


def _add_prior(logits: Tensor, log_prior: Tensor | None) -> Tensor:
    return logits if log_prior is None else logits + log_prior


def _has_label(labels: Tensor) -> Tensor:
    return labels.sum(-1) > 0
