"""argus: MobileNetV1, pre-trained on faces, with three heads.

Head `fer2013` predicts that set's labels, `people` the shares of FER+'s votes, and `web`
the labels of AffectNet and ExpW, whose annotators use the same words differently. The
published file has a fourth head, `camera`, the program's default: the mean of the logits
of `people` and `web`, which is more accurate on photos than either.
"""

import torch
from torch import Tensor, nn

from ...face.image_ops import SIDE as TEMPLATE_SIDE
from ...mood import EXPRESSIONS
from .mobilenet import FEATURES, MobileNet

HEADS = ("fer2013", "people", "web")
CAMERA = "camera"
SIDE = 96
RATE, DECAY = 1e-3, 0.05
DROPOUT = 0.3
_CONTRAST = 60.0  # standard deviation of the pre-trained network's inputs, in gray values
_MIDDLE, _RADII = (24.0, 26.5), (15.0, 18.0)  # of the face, in TEMPLATE's 48 pixels
_WARM_UP, _SLOWING = 0.02, 0.6


class Argus(nn.Module):
    """3.2 million weights: (N, 1, 96, 96) gray 0..255 to (N, 3, 7) logits.

    Normalises the mean and deviation of the middle of each face first, so that light,
    contrast and background matter less.
    """

    window: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.body = MobileNet()
        self.dropout = nn.Dropout(DROPOUT)
        self.classifier = nn.Linear(FEATURES, len(HEADS) * len(EXPRESSIONS))
        self.register_buffer("window", _window(SIDE), persistent=False)
        # A quarter faster on CPUs; torch's types lack this form of `to`.
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def forward(self, faces: Tensor) -> Tensor:
        """See the class."""
        features = self.dropout(self.body(self.normal(faces)))
        logits: Tensor = self.classifier(features)
        heads = self.classifier.out_features // len(EXPRESSIONS)
        return logits.reshape(-1, heads, len(EXPRESSIONS))

    def add_camera_head(self) -> None:
        """Adds the head `camera`; call it after training."""
        trained = self.classifier
        self.classifier = nn.Linear(FEATURES, (len(HEADS) + 1) * len(EXPRESSIONS))
        with torch.no_grad():
            for all_heads, three in zip(
                self.classifier.parameters(), trained.parameters(), strict=True
            ):
                by_head = three.view(len(HEADS), len(EXPRESSIONS), -1)
                mean = by_head[1:].mean(0, keepdim=True)
                all_heads.copy_(torch.cat([by_head, mean]).view_as(all_heads))

    def normal(self, faces: Tensor) -> Tensor:
        """Faces with a common mean and contrast: same shape, float32."""
        faces = faces.float()
        middle = (faces * self.window).sum((2, 3), keepdim=True)
        spread = ((faces - middle).square() * self.window).sum((2, 3), keepdim=True).sqrt()
        return (faces - middle) / (spread + 8) * _CONTRAST


def optimizer(network: nn.Module) -> torch.optim.Optimizer:
    """AdamW (Loshchilov & Hutter, 2019), without weight decay on norms and biases."""
    matrices = [weight for weight in network.parameters() if weight.ndim > 1]
    others = [weight for weight in network.parameters() if weight.ndim == 1]
    groups = [
        {"params": matrices, "weight_decay": DECAY},
        {"params": others, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=RATE)


def learning_rate_factor(progress: float) -> float:
    """Warm-up, then constant, then linear decay to 0 over the last 40 %; `progress` is 0..1."""
    if progress < _WARM_UP:
        return (progress + 1e-4) / _WARM_UP
    return min(1.0, (1 - progress) / (1 - _SLOWING))


def _window(side: int) -> Tensor:
    """Weights (1, 1, side, side) of an ellipse around the face; their sum is 1."""
    places = (torch.arange(side) + 0.5) * (TEMPLATE_SIDE / side)
    x = ((places - _MIDDLE[0]) / _RADII[0]).square().view(1, 1, 1, -1)
    y = ((places - _MIDDLE[1]) / _RADII[1]).square().view(1, 1, -1, 1)
    inside = (x + y < 1).float()
    return inside / inside.sum()
