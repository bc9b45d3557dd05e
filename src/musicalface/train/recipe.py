"""What a training is made of: examples, a method, and what fixes the run."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Examples:
    """Inputs (N, ...) of the network's dtype, and what it shall say of them.

    `labels` are classes (N,) int64; or, for a network of H heads, distributions
    (N, H, K) float32, all zeros where a head has nothing to learn. `log_prior`
    (H, K) is added to the logits while they are judged, so that the logits
    themselves learn to be free of it (logit adjustment; Menon et al., 2021).
    """

    inputs: Tensor
    labels: Tensor
    log_prior: Tensor | None = None

    def to(self, device: str) -> "Examples":
        """The same, in the memory of another device."""
        prior = None if self.log_prior is None else self.log_prior.to(device)
        return Examples(self.inputs.to(device), self.labels.to(device), prior)

    def batches(self, size: int, order: Tensor | None = None) -> Iterator[tuple[Tensor, Tensor]]:
        """Batches of `size` in the order given; the last may be smaller, or larger by one."""
        everything = torch.arange(len(self.labels), device=self.labels.device)
        indices = everything if order is None else order
        parts = list(torch.split(indices, size))
        if len(parts) > 1 and len(parts[-1]) == 1:  # batch normalisation cannot learn from one
            parts[-2:] = [torch.cat(parts[-2:])]
        for chosen in parts:
            yield self.inputs[chosen], self.labels[chosen]


@dataclass(frozen=True)
class Method:
    """How a network learns; what is left out is the plain way of 2018."""

    optimizer: Callable[[nn.Module], torch.optim.Optimizer]
    augment: Callable[[Tensor, float], Tensor] = lambda inputs, progress: inputs
    pace: Callable[[float], float] = lambda _: 1.0  # of the learning rate, by progress 0 to 1
    smoothing: float = 0.0  # of the labels (Szegedy et al., 2016)
    averaging: float | None = None  # decay of the weights' moving average, which is what is judged
    bfloat16: bool = False  # compute in 16 bits where it is safe


@dataclass(frozen=True)
class Recipe:
    """What fixes a run, together with the data and the network."""

    network: str
    data_sha256: str
    epochs: int
    batch: int
    seed: int
    patience: int | None = None  # epochs without a better validation accuracy
    teachers: tuple[str, ...] = ()  # checksums of the models whose readings it also learns


@dataclass(frozen=True)
class Epoch:
    """A row of history.csv; losses in nats, accuracy a fraction."""

    number: int
    training_loss: float
    validation_loss: float
    validation_accuracy: float
    seconds: float
