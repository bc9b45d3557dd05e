"""lstm2018: the lyrics network of the 2018 system."""

import onnx
import torch
from onnx import helper
from torch import Tensor, nn

from .keras_lstm import MIDDLE, SLOPE, Gates, last_states, pack

VOCABULARY = 550  # indices; 0 is padding
LENGTH = 600
DROPOUT = 0.2
EXPORT_LENGTH = 8
"""Words of an example for the export: torch goes through an LSTM step by step to trace it."""

_EMBEDDING, _MEMORY, _DENSE = 50, 32, 256


class LSTM2018(nn.Module):
    """Embedding, LSTM and two dense layers: (N, 600) word indices 0..549 to (N, 4) logits.

    The gates are piecewise linear, as in Keras until 2019, or logistic.
    """

    def __init__(self, gates: Gates = "hard_sigmoid") -> None:
        super().__init__()
        self.gates = gates
        self.embedding = nn.Embedding(VOCABULARY, _EMBEDDING)
        self.lstm = nn.LSTM(_EMBEDDING, _MEMORY, batch_first=True)
        self.widen = nn.Linear(_MEMORY, _DENSE)
        self.dropout = nn.Dropout(DROPOUT)
        self.classifier = nn.Linear(_DENSE, 4)
        self._initialise_as_keras()

    def forward(self, words: Tensor) -> Tensor:
        """Computes the logits; see the class for shapes."""
        widened = self.dropout(torch.relu(self.widen(self._last_states(words))))
        logits: Tensor = self.classifier(widened)
        return logits

    def edit_onnx(self, graph: onnx.GraphProto) -> None:
        """Gives the exported LSTM its gates and its length.

        torch's own layer has logistic gates only, and the export saw EXPORT_LENGTH words.
        """
        graph.input[0].type.tensor_type.shape.dim[1].dim_value = LENGTH
        del graph.value_info[:]
        if self.gates == "hard_sigmoid":
            (node,) = (node for node in graph.node if node.op_type == "LSTM")
            node.attribute.extend(
                [
                    helper.make_attribute("activations", ["HardSigmoid", "Tanh", "Tanh"]),
                    helper.make_attribute("activation_alpha", [SLOPE]),
                    helper.make_attribute("activation_beta", [MIDDLE]),
                ]
            )

    def _last_states(self, words: Tensor) -> Tensor:
        if torch.compiler.is_exporting():
            states: Tensor = self.lstm(self.embedding(words))[0]
            return states[:, -1]
        inputs, recurrent, bias, no_bias = self.lstm.parameters()
        table = self.embedding.weight @ inputs.mT + bias + no_bias
        batch, order = pack(words[None])
        rows = last_states(table[None], recurrent[None], batch, self.gates)[0]
        return torch.empty_like(rows).index_copy(0, order[0], rows)

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
