"""Mixture of data sets: every batch has a fixed number of faces from each set."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from ..face.align import TEMPLATE
from ..face.image_ops import SIDE as TEMPLATE_SIDE
from .geometric_augmentation import View, concatenate, random_views, randomize_backgrounds


@dataclass(frozen=True)
class Part:
    """One set: pixels (N, S, S) uint8, landmarks (N, 5, 2), labels (N, H, K) as in `Examples`.

    `count` is its number of faces per batch. The share `as_cropped` of them keeps its
    original crop; landmarks align the others.
    """

    pixels: Tensor
    landmarks: Tensor
    labels: Tensor
    count: int
    as_cropped: float = 0.0

    def view(self, chosen: Tensor, side: int) -> View:
        """Random views of the faces with the indices `chosen`."""
        pixels, landmarks = self.pixels[chosen], self.landmarks[chosen]
        cropped = torch.tensor(TEMPLATE * (pixels.shape[-1] / TEMPLATE_SIDE), dtype=torch.float32)
        loose = (torch.rand(len(chosen)) < self.as_cropped).view(-1, 1, 1)
        return random_views(pixels, torch.where(loose, cropped, landmarks), side)

    def to(self, device: str) -> "Part":
        """A copy in the memory of another device."""
        pixels, landmarks = self.pixels.to(device), self.landmarks.to(device)
        return replace(self, pixels=pixels, landmarks=landmarks, labels=self.labels.to(device))


@dataclass(frozen=True)
class Mixture:
    """Several sets in one training; an epoch is `steps` batches.

    Each set has its own random order, reshuffled after each pass. An epoch continues each
    set where the last one ended. The order depends on `seed` alone.
    """

    parts: Sequence[Part]
    steps: int
    side: int
    seed: int
    log_prior: Tensor | None = None

    def __len__(self) -> int:
        """Faces per epoch."""
        return self.steps * sum(part.count for part in self.parts)

    def to(self, device: str) -> "Mixture":
        """A copy in the memory of another device."""
        prior = None if self.log_prior is None else self.log_prior.to(device)
        return replace(self, parts=[part.to(device) for part in self.parts], log_prior=prior)

    def shuffled(self, _size: int, epoch: int) -> Iterator[tuple[Tensor, Tensor]]:
        """The batches of an epoch, counted from 1; see `Examples.shuffled`."""
        orders = [self._order(place, epoch) for place in range(len(self.parts))]
        for step in range(self.steps):
            yield self._batch([order[step] for order in orders])

    def _batch(self, chosen: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
        with self.parts[0].pixels.device:
            pairs = list(zip(self.parts, chosen, strict=True))
            views = [part.view(faces, self.side) for part, faces in pairs]
            labels = torch.cat([part.labels[faces] for part, faces in pairs])
            return randomize_backgrounds(concatenate(views)), labels

    def _order(self, place: int, epoch: int) -> Tensor:
        """Indices of a set's faces in each step of an epoch: (steps, count)."""
        part = self.parts[place]
        total, each = len(part.labels), self.steps * part.count
        first = (epoch - 1) * each
        rounds = range(first // total, (first + each - 1) // total + 1)
        whole = torch.cat([self._round(place, number) for number in rounds])
        start = first - rounds.start * total
        return whole[start : start + each].view(self.steps, part.count).to(part.pixels.device)

    def _round(self, place: int, number: int) -> Tensor:
        """A set's order in its pass `number`."""
        seeded = torch.Generator().manual_seed((self.seed * 1009 + place) * 100_003 + number)
        return torch.randperm(len(self.parts[place].labels), generator=seeded)
