"""janus: the face network that taught argus, with one body and two heads.

FER2013's labels and people's votes on the same faces differ (ten taggers agree with
the label on 64 % of PrivateTest). The first head is trained on the labels, the second
on the shares of the taggers' votes.
"""

from torch import Tensor

from ..augmentation import augment_for_camera
from ..config import TrainingMethod
from . import compact

HEADS = ("fer2013", "people")
SMALL_SIDE, SMALL_UNTIL = 40, 0.75
"""Side of the random crops, and their share of the training: faster, and an augmentation."""


class Janus(compact.Compact):
    """2.8 million weights: (N, 1, S, S) gray 0..255, S 40 to 48, to (N, 2, 7) logits."""

    def __init__(self) -> None:
        super().__init__(len(HEADS), squeeze_excite=True)

    def forward(self, faces: Tensor) -> Tensor:
        """Computes the logits; see the class for shapes."""
        return super().forward(faces).reshape(-1, len(HEADS), 7)


def augment(faces: Tensor, progress: float) -> Tensor:
    """Camera augmentation (N, 1, S, S): S is 40 in the first three quarters, then 48."""
    return augment_for_camera(faces, SMALL_SIDE if progress < SMALL_UNTIL else faces.shape[-1])


METHOD = TrainingMethod(
    compact.optimizer, augment, compact.learning_rate_factor, ema_decay=0.999, bfloat16=True
)
