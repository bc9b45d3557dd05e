"""orpheus: the shipped lyrics network, a bag of words that scores thousands of songs a second.

It sums word embeddings (as in fastText; Joulin et al., 2017), weighted by tf-idf, and
adds a hidden layer.
"""

from math import cos, pi

import torch
from torch import Tensor, nn

from ..config import TrainingMethod

EMBEDDING = 64
_WORD_DROPOUT = 0.3
_COUNTS = 1


class Orpheus(nn.Module):
    """Word indices and counts (N, 2, words) int64 to logits (N, 1, 4).

    The weights of single words are fixed, from a logistic regression. The network learns
    the effect of combined words.
    """

    idf: Tensor

    def __init__(self, idf: Tensor, alone: Tensor, bias: Tensor) -> None:
        """`idf` (words + 1,) and `alone` (words + 1, 4) are by word index; 0 for padding."""
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
        """Computes the logits; see the class for shapes."""
        numbers, counts = bags[:, 0].long(), bags[:, 1].float()
        weights = self.idf[numbers] * (1 + counts.clamp(min=1).log()) * (counts > 0)
        weights = weights / weights.norm(dim=1, keepdim=True).clamp(min=1e-6)
        together = (self.embedding(numbers) * weights[..., None]).sum(1)
        hidden = self.dropout(torch.relu(together + self.bias))
        alone = (self.alone(numbers) * weights[..., None]).sum(1)
        logits: Tensor = self.classifier(torch.cat([hidden, alone], 1))
        return logits[:, None]


def drop_words(bags: Tensor, _progress: float) -> Tensor:
    """Word dropout: zeroes 30 % of the words' counts, and trims unused padding."""
    kept = bags[:, :, : max(1, int((bags[:, _COUNTS] > 0).sum(1).max()))].clone()
    dropped = torch.rand(kept[:, _COUNTS].shape, device=bags.device) < _WORD_DROPOUT
    kept[:, _COUNTS][dropped] = 0
    return kept


METHOD = TrainingMethod(
    lambda network: torch.optim.Adam((p for p in network.parameters() if p.requires_grad), lr=1e-2),
    augment=drop_words,
    learning_rate_factor=lambda progress: 0.5 * (1 + cos(pi * progress)),
)
