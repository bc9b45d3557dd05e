"""The lyrics network of the 2018 system."""

import torch
from torch import Tensor, nn

VOCABULARY = 550  # indices; 0 is padding
LENGTH = 600
_EMBEDDING, _MEMORY, _DENSE = 50, 32, 256


class LSTM2018(nn.Module):
    """Embedding, LSTM and two dense layers: (N, 600) word numbers 0..549 to (N, 4) logits."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, _EMBEDDING)
        self.lstm = nn.LSTM(_EMBEDDING, _MEMORY, batch_first=True)
        self.widen = nn.Linear(_MEMORY, _DENSE)
        self.dropout = nn.Dropout(0.2)
        self.classifier = nn.Linear(_DENSE, 4)
        self._initialise_as_keras()

    def forward(self, words: Tensor) -> Tensor:
        """See the class."""
        states, _ = self.lstm(self.embedding(words))
        widened = self.dropout(torch.relu(self.widen(states[:, -1])))
        logits: Tensor = self.classifier(widened)
        return logits

    @torch.no_grad()
    def _initialise_as_keras(self) -> None:
        nn.init.uniform_(self.embedding.weight, -0.05, 0.05)
        gates = dict(self.lstm.named_parameters())
        nn.init.xavier_uniform_(gates["weight_ih_l0"])
        nn.init.orthogonal_(gates["weight_hh_l0"])
        nn.init.zeros_(gates["bias_ih_l0"])
        gates["bias_ih_l0"][_MEMORY : 2 * _MEMORY] = 1  # the forget gate starts open
        nn.init.zeros_(gates["bias_hh_l0"]).requires_grad_(False)  # Keras has one bias, not two
        for layer in (self.widen, self.classifier):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)


def optimizer(network: nn.Module) -> torch.optim.Optimizer:
    """RMSprop with Keras' defaults, as in 2018."""
    return torch.optim.RMSprop(network.parameters(), lr=1e-3, alpha=0.9, eps=1e-7)
