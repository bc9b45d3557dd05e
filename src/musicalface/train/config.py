"""Types of a training run: examples, training method, config and epoch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Examples:
    """Inputs (N, ...) of the network's dtype, and their targets.

    `labels` are classes (N,) int64; or, for a network with H heads, distributions
    (N, H, K) float32, all zeros where a head has no target. The loss adds
    `log_prior` (H, K) to the logits, so that the logits themselves become free of
    the prior (logit adjustment; Menon et al., 2021).
    """

    inputs: Tensor
    labels: Tensor
    log_prior: Tensor | None = None

    def to(self, device: str) -> "Examples":
        """A copy in the memory of another device."""
        prior = None if self.log_prior is None else self.log_prior.to(device)
        return Examples(self.inputs.to(device), self.labels.to(device), prior)

    def __len__(self) -> int:
        """The number of examples per epoch."""
        return len(self.labels)

    def shuffled(self, size: int, _epoch: int) -> Iterator[tuple[Tensor, Tensor]]:
        """The batches of one epoch in random order; torch's seed fixes the order."""
        return self.batches(size, torch.randperm(len(self)).to(self.labels.device))

    def batches(self, size: int, order: Tensor | None = None) -> Iterator[tuple[Tensor, Tensor]]:
        """Batches of `size` in the given order; the last may be smaller, or larger by one."""
        everything = torch.arange(len(self.labels), device=self.labels.device)
        indices = everything if order is None else order
        parts = list(torch.split(indices, size))
        if len(parts) > 1 and len(parts[-1]) == 1:  # batch normalisation needs two examples
            parts[-2:] = [torch.cat(parts[-2:])]
        for chosen in parts:
            yield self.inputs[chosen], self.labels[chosen]


class TrainingData(Protocol):
    """Training data that yields the batches of each epoch."""

    @property
    def log_prior(self) -> Tensor | None:
        """See `Examples`."""

    def __len__(self) -> int:
        """The number of examples per epoch."""

    def to(self, device: str) -> "TrainingData":
        """A copy in the memory of another device."""

    def shuffled(self, size: int, epoch: int, /) -> Iterator[tuple[Tensor, Tensor]]:
        """The batches of an epoch (counted from 1); torch's seed fixes them."""


@dataclass(frozen=True)
class TrainingMethod:
    """Optimizer, augmentation, schedule and loss options; the defaults are those of 2018."""

    optimizer: Callable[[nn.Module], torch.optim.Optimizer]
    augment: Callable[[Tensor, float], Tensor] = lambda inputs, progress: inputs
    learning_rate_factor: Callable[[float], float] = lambda _: 1.0  # by progress, 0 to 1
    label_smoothing: float = 0.0  # of the labels (Szegedy et al., 2016)
    ema_decay: float | None = None  # of the weights' moving average, which is evaluated
    bfloat16: bool = False  # mixed precision


@dataclass(frozen=True)
class TrainingConfig:
    """The parameters that determine a run, together with the network and its method."""

    network: str
    data_sha256: str
    epochs: int
    batch: int
    seed: int
    patience: int | None = None  # epochs without a better validation accuracy
    teachers: tuple[str, ...] = ()  # checksums of the teacher models


@dataclass(frozen=True)
class Epoch:
    """A row of history.csv; losses in nats, accuracy as a fraction."""

    number: int
    training_loss: float
    validation_loss: float
    validation_accuracy: float
    seconds: float
