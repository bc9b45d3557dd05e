"""cnn2018: the face network of the 2018 system."""

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

# Keras' defaults, used to train the 2018 network. Its slow running statistics (.01 of each new
# batch) are left out: they lag behind the weights, which costs seven points of validation
# accuracy at epoch 14 and makes the choice of the best epoch random. They do not affect the
# weights.
_NORM_EPSILON = 1e-3
_ADAM_EPSILON = 1e-7


class CNN2018(nn.Module):
    """Four convolutions and two dense layers: (N, 1, 48, 48) gray 0..255 to (N, 7) logits."""

    def __init__(self) -> None:
        super().__init__()
        blocks: list[nn.Module] = []
        channels = 1
        for width, kernel, padding, dropout in CONVOLUTIONS:
            blocks += _conv_block(channels, width, kernel, padding, dropout)
            channels = width
        features = channels * 2 * 2  # 48 → 24 → 20 → 10 → 5 → 2 pixels a side
        blocks.append(nn.Flatten())
        for inputs, outputs in pairwise((features, *DENSE)):
            blocks += _dense_block(inputs, outputs)
        self.body = nn.Sequential(*blocks)
        self.classifier = nn.Linear(DENSE[-1], 7)
        self.apply(_init_glorot)
        # A quarter faster on CPUs; torch's type stubs lack this form of `to`.
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def forward(self, faces: Tensor) -> Tensor:
        """Computes the logits; see the class for shapes."""
        faces = faces.float() / 255
        logits: Tensor = self.classifier(
            self.body(faces.contiguous(memory_format=torch.channels_last))
        )
        return logits


def optimizer(network: nn.Module) -> torch.optim.Optimizer:
    """Adam at .001, as in 2018."""
    return torch.optim.Adam(network.parameters(), lr=1e-3, eps=_ADAM_EPSILON)


def _conv_block(
    inputs: int, outputs: int, kernel: int, padding: str, dropout: float
) -> list[nn.Module]:
    # The 2018 network had tanh before the pooling. Tanh is monotone, so the order does not
    # change the result, and this order computes it for a quarter of the values.
    return [
        nn.Conv2d(inputs, outputs, kernel, padding=padding),
        nn.BatchNorm2d(outputs, eps=_NORM_EPSILON),
        nn.MaxPool2d(2),
        nn.Tanh(),
        nn.Dropout(dropout),
    ]


def _dense_block(inputs: int, outputs: int) -> list[nn.Module]:
    return [
        nn.Linear(inputs, outputs),
        nn.BatchNorm1d(outputs, eps=_NORM_EPSILON),
        nn.ReLU(),
        nn.Dropout(0.5),
    ]


def _init_glorot(layer: nn.Module) -> None:
    if isinstance(layer, nn.Conv2d | nn.Linear):
        nn.init.xavier_uniform_(layer.weight)
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)
