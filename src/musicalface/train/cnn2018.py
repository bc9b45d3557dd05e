"""The face network of the 2018 system."""

from itertools import pairwise

import torch
from torch import Tensor, nn

CONVOLUTIONS = (  # channels, kernel, padding, dropout
    (64, 3, "same", 0.25),
    (128, 5, "valid", 0.25),
    (512, 3, "same", 0.5),
    (512, 3, "same", 0.1),
)
DENSE = (256, 512)

# Keras' defaults, under which the 2018 network was trained. Its slow running statistics (.01 of
# each new batch) are not taken over: they lag behind the weights, which cost seven points of
# validation accuracy at epoch 14 and make the choice of the best epoch a lottery. What the
# network learns does not depend on them.
_NORM_EPSILON = 1e-3
_ADAM_EPSILON = 1e-7


class CNN2018(nn.Module):
    """Four convolutions and two dense layers: (N, 1, 48, 48) gray 0..255 to (N, 7) logits."""

    def __init__(self) -> None:
        super().__init__()
        blocks: list[nn.Module] = []
        channels = 1
        for width, kernel, padding, dropout in CONVOLUTIONS:
            blocks += _convolution(channels, width, kernel, padding, dropout)
            channels = width
        features = channels * 2 * 2  # 48 → 24 → 20 → 10 → 5 → 2 pixels a side
        blocks.append(nn.Flatten())
        for inputs, outputs in pairwise((features, *DENSE)):
            blocks += _dense(inputs, outputs)
        self.body = nn.Sequential(*blocks)
        self.classifier = nn.Linear(DENSE[-1], 7)
        self.apply(_glorot)
        # A quarter faster on CPUs; torch's own types do not know this form of `to`.
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def forward(self, faces: Tensor) -> Tensor:
        """See the class."""
        faces = faces.float() / 255
        logits: Tensor = self.classifier(
            self.body(faces.contiguous(memory_format=torch.channels_last))
        )
        return logits


def optimizer(network: nn.Module) -> torch.optim.Optimizer:
    """Adam at .001, as in 2018."""
    return torch.optim.Adam(network.parameters(), lr=1e-3, eps=_ADAM_EPSILON)


def _convolution(
    inputs: int, outputs: int, kernel: int, padding: str, dropout: float
) -> list[nn.Module]:
    # 2018 had tanh before the pooling. Tanh is monotone, so the order does not
    # change the result, and this way it is computed for a quarter of the values.
    return [
        nn.Conv2d(inputs, outputs, kernel, padding=padding),
        nn.BatchNorm2d(outputs, eps=_NORM_EPSILON),
        nn.MaxPool2d(2),
        nn.Tanh(),
        nn.Dropout(dropout),
    ]


def _dense(inputs: int, outputs: int) -> list[nn.Module]:
    return [
        nn.Linear(inputs, outputs),
        nn.BatchNorm1d(outputs, eps=_NORM_EPSILON),
        nn.ReLU(),
        nn.Dropout(0.5),
    ]


def _glorot(layer: nn.Module) -> None:
    if isinstance(layer, nn.Conv2d | nn.Linear):
        nn.init.xavier_uniform_(layer.weight)
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)
