"""The network that ships: one body, two heads, after Janus, the god with two faces.

FER2013's labels and what people see in the same faces are two truths (ten taggers
agree with the label on 64 % of PrivateTest). The first head learns the labels, the
second the shares of the taggers' votes.
"""

from torch import Tensor

from . import compact
from .augment import worn_and_moved
from .recipe import Method

HEADS = ("fer2013", "people")
SMALL, SMALL_UNTIL = 40, 0.75
"""Most of the training sees parts of this side: faster, and one more augmentation."""


class Janus(compact.Compact):
    """2.8 million weights: (N, 1, S, S) gray 0..255, S 40 to 48, to (N, 2, 7) logits."""

    def __init__(self) -> None:
        super().__init__(len(HEADS), squeezed=True)

    def forward(self, faces: Tensor) -> Tensor:
        """See the class."""
        return super().forward(faces).reshape(-1, len(HEADS), 7)


def augment(faces: Tensor, progress: float) -> Tensor:
    """Faces as cameras see them, (N, 1, S, S): S is 40 in the first three quarters, then 48."""
    return worn_and_moved(faces, SMALL if progress < SMALL_UNTIL else faces.shape[-1])


METHOD = Method(compact.optimizer, augment, compact.pace, averaging=0.999, bfloat16=True)
