"""compact: a small residual network (He et al., 2016); trains in under an hour."""

import math

import torch
from torch import Tensor, nn

from ..augmentation import augment
from ..config import TrainingMethod

WIDTHS = (64, 128, 256)
BLOCKS = (1, 2, 2)
_WARM_UP_SHARE = 0.05


class Compact(nn.Module):
    """2.7 million weights: (N, 1, S, S) gray 0..255, S 48 or less, to (N, 7) logits.

    Normalises each face by its own mean and deviation first, to reduce the effect of
    brightness and contrast.
    """

    def __init__(self, heads: int = 1, squeeze_excite: bool = False) -> None:
        super().__init__()
        stages: list[nn.Module] = [*_conv_norm_relu(1, 32, 1)]
        channels = 32
        for width, blocks in zip(WIDTHS, BLOCKS, strict=True):
            for number in range(blocks):
                stages.append(_Block(channels, width, 1 if number else 2, squeeze_excite))
                channels = width
        self.body = nn.Sequential(*stages, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.3))
        self.classifier = nn.Linear(channels, 7 * heads)
        # A quarter faster on CPUs; torch's type stubs lack this form of `to`.
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def forward(self, faces: Tensor) -> Tensor:
        """Computes the logits; see the class for shapes."""
        faces = faces.float()
        mean = faces.mean(dim=(2, 3), keepdim=True)
        deviation = (faces - mean).square().mean(dim=(2, 3), keepdim=True).sqrt()
        normalized = (faces - mean) / (deviation + 8)
        features = self.body(normalized.contiguous(memory_format=torch.channels_last))
        logits: Tensor = self.classifier(features)
        return logits


class _Block(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int, squeeze_excite: bool) -> None:
        super().__init__()
        self.first = nn.Sequential(*_conv_norm_relu(inputs, outputs, stride))
        norm = nn.BatchNorm2d(outputs)
        nn.init.zeros_(norm.weight)  # a block starts as the identity
        second = [nn.Conv2d(outputs, outputs, 3, padding=1, bias=False), norm]
        if squeeze_excite:
            second.append(_Squeeze(outputs))
        self.second = nn.Sequential(*second)
        self.shortcut: nn.Module = nn.Identity()
        if inputs != outputs or stride > 1:
            self.shortcut = nn.Sequential(
                nn.AvgPool2d(stride, ceil_mode=True) if stride > 1 else nn.Identity(),
                nn.Conv2d(inputs, outputs, 1, bias=False),
                nn.BatchNorm2d(outputs),
            )

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.second(self.first(x)) + self.shortcut(x))


class _Squeeze(nn.Module):
    """Squeeze and excitation: weights channels by all channels' means (SENet; Hu et al., 2018)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.weigh = nn.Sequential(
            nn.AdaptiveAvgPool2d(1),
            nn.Conv2d(channels, channels // 8, 1),
            nn.ReLU(),
            nn.Conv2d(channels // 8, channels, 1),
            nn.Sigmoid(),
        )

    def forward(self, x: Tensor) -> Tensor:
        weighed: Tensor = x * self.weigh(x)
        return weighed


def _conv_norm_relu(inputs: int, outputs: int, stride: int) -> list[nn.Module]:
    return [
        nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    ]


def optimizer(network: nn.Module) -> torch.optim.Optimizer:
    """Stochastic gradient descent with Nesterov momentum."""
    return torch.optim.SGD(
        network.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4, nesterov=True
    )


def learning_rate_factor(progress: float) -> float:
    """Linear warm-up in the first twentieth, then cosine decay (Loshchilov & Hutter, 2017)."""
    if progress < _WARM_UP_SHARE:
        return (progress + 1e-3) / _WARM_UP_SHARE
    return 0.5 * (1 + math.cos(math.pi * (progress - _WARM_UP_SHARE) / (1 - _WARM_UP_SHARE)))


METHOD = TrainingMethod(
    optimizer, augment, learning_rate_factor, label_smoothing=0.1, ema_decay=0.998, bfloat16=True
)
