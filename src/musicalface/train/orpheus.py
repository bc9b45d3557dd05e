"""The lyrics network of our own: a bag of words, small enough to read thousands of songs a second.

Embeddings of words are added up by weight (as in fastText; Joulin et al., 2017),
here by tf-idf, then go through one hidden layer.
"""

from math import cos, pi

import torch
from torch import Tensor, nn

from .recipe import Method

EMBEDDING = 64
_FORGOTTEN_WORDS = 0.3
_COUNTS = 1


class Orpheus(nn.Module):
    """Word numbers and counts (N, 2, words) int64 to logits (N, 1, 4).

    What each word says by itself is given, by a logistic regression; what words say
    together is learnt.
    """

    idf: Tensor

    def __init__(self, idf: Tensor, alone: Tensor, bias: Tensor) -> None:
        """`idf` (words + 1,) and `alone` (words + 1, 4) are by a word's number; padding's are 0."""
        super().__init__()
        self.register_buffer("idf", idf)
        self.alone = nn.Embedding(len(alone), alone.shape[1], _weight=alone, _freeze=True)
        self.embedding = nn.Embedding(len(idf), EMBEDDING)
        nn.init.normal_(self.embedding.weight, std=0.05)
        self.bias = nn.Parameter(torch.zeros(EMBEDDING))
        self.dropout = nn.Dropout(0.2)
        self.classifier = nn.Linear(EMBEDDING + 4, 4)
        with torch.no_grad():
            self.classifier.weight[:, EMBEDDING:] = torch.eye(4)
            self.classifier.bias.copy_(bias)

    def forward(self, bags: Tensor) -> Tensor:
        """See the class."""
        numbers, counts = bags[:, 0].long(), bags[:, 1].float()
        weights = self.idf[numbers] * (1 + counts.clamp(min=1).log()) * (counts > 0)
        weights = weights / weights.norm(dim=1, keepdim=True).clamp(min=1e-6)
        together = (self.embedding(numbers) * weights[..., None]).sum(1)
        hidden = self.dropout(torch.relu(together + self.bias))
        alone = (self.alone(numbers) * weights[..., None]).sum(1)
        logits: Tensor = self.classifier(torch.cat([hidden, alone], 1))
        return logits[:, None]


def forget_words(bags: Tensor, _progress: float) -> Tensor:
    """Leave out three words of ten, so that no word is relied upon; and padding that none needs."""
    kept = bags[:, :, : max(1, int((bags[:, _COUNTS] > 0).sum(1).max()))].clone()
    forgotten = torch.rand(kept[:, _COUNTS].shape, device=bags.device) < _FORGOTTEN_WORDS
    kept[:, _COUNTS][forgotten] = 0
    return kept


METHOD = Method(
    lambda network: torch.optim.Adam((p for p in network.parameters() if p.requires_grad), lr=1e-2),
    augment=forget_words,
    pace=lambda progress: 0.5 * (1 + cos(pi * progress)),
)
