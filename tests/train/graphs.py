"""TensorFlow.js graph models for tests: written to files, and evaluated with numpy."""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SAME = base64.b64encode(b"SAME").decode()


class GraphWriter:
    """Builds a graph model from operations and weights."""

    def __init__(self) -> None:
        self.nodes: list[dict[str, Any]] = []
        self.weights: dict[str, NDArray[Any]] = {}
        self.quantised: dict[str, dict[str, Any]] = {}

    def weight(self, name: str, values: NDArray[Any]) -> str:
        """Adds a weight and its Const; returns its name."""
        self.weights[name] = values
        self.nodes.append({"name": name, "op": "Const", "attr": {}})
        return name

    def node(self, op: str, name: str, *inputs: str, **attributes: Any) -> str:
        """Adds an operation; returns its name."""
        self.nodes.append({"name": name, "op": op, "input": list(inputs), "attr": attributes})
        return name

    def convolution(
        self, name: str, before: str, kernel: NDArray[Any], stride: int, depthwise: bool
    ) -> str:
        """Adds a convolution with folded norm and ReLU6, as in faceres-deep."""
        op = "DepthwiseConv2dNative" if depthwise else "Conv2D"
        strides = {"list": {"i": ["1", str(stride), str(stride), "1"]}}
        kernel_name = self.weight(f"{name}/kernel", kernel)
        last = self.node(op, name, before, kernel_name, strides=strides, padding={"s": SAME})
        width = kernel.shape[2] if depthwise else kernel.shape[3]
        chance = np.random.default_rng(width + stride)
        if depthwise:
            scale = self.weight(f"{name}/mul", chance.uniform(0.5, 1.5, (width,)).astype("f4"))
            last = self.node("Mul", f"{name}/scaled", last, scale)
        bias = self.weight(f"{name}/sub", chance.normal(0, 0.3, (width,)).astype("f4"))
        last = self.node("Add", f"{name}/biased", last, bias)
        last = self.node("Relu", f"{name}/relu", last)
        most = self.weight(f"{name}/most", np.array(6, "f4"))
        least = self.weight(f"{name}/least", np.array(0, "f4"))
        last = self.node("Minimum", f"{name}/minimum", last, most)
        return self.node("Maximum", f"{name}/maximum", last, least)

    def write(self, path: Path) -> Path:
        """Writes the topology, and one shard next to it."""
        shard = path.with_suffix(".bin")
        shard.write_bytes(b"".join(values.tobytes() for values in self.weights.values()))
        entries = [
            {"name": name, "shape": list(values.shape), "dtype": values.dtype.name}
            | self.quantised.get(name, {})
            for name, values in self.weights.items()
        ]
        manifest = [{"paths": [shard.name], "weights": entries}]
        topology = {"node": self.nodes, "versions": {}}
        model = {"format": "graph-model", "modelTopology": topology, "weightsManifest": manifest}
        path.write_text(json.dumps(model))
        return path


def mobilenet(layers: Any, seed: int = 1) -> GraphWriter:
    """MobileNetV1 with random weights, an RGB input, and a final mean."""
    chance = np.random.default_rng(seed)

    def kernel(*shape: int) -> NDArray[np.float32]:
        size = np.sqrt(2 / np.prod(shape[:2] if shape[3] == 1 else shape[:3]))
        return np.asarray(chance.normal(size=shape) * size, np.float32)

    graph = GraphWriter()
    last = graph.node("Placeholder", "input")
    width = layers[0][0]
    last = graph.convolution("conv1", last, kernel(3, 3, 3, width), layers[0][1], False)
    for number, (outputs, stride) in enumerate(layers[1:]):
        last = graph.convolution(f"dw{number}", last, kernel(3, 3, width, 1), stride, True)
        last = graph.convolution(f"pw{number}", last, kernel(1, 1, width, outputs), 1, False)
        width = outputs
    axes = graph.weight("axes", np.array([1, 2], "i4"))
    graph.node("Mean", "mean", last, axes)
    return graph


def evaluated(graph: GraphWriter, pictures: NDArray[np.float32]) -> NDArray[np.float64]:
    """The output of the last operation for pictures (N, H, W, 3)."""
    values: dict[str, Any] = dict(graph.weights)
    result: Any = None
    for node in graph.nodes:
        if node["op"] == "Const":
            continue
        inputs = [values[name] for name in node["input"]]
        result = pictures.astype(float) if not inputs else _operation(node, *inputs)
        values[node["name"]] = result
    return np.asarray(result)


def _operation(node: dict[str, Any], x: Any, *rest: Any) -> Any:
    match node["op"]:
        case "Conv2D" | "DepthwiseConv2dNative":
            stride = int(node["attr"]["strides"]["list"]["i"][1])
            return _convolved(x, rest[0], stride, node["op"] != "Conv2D")
        case "Mul":
            return x * rest[0]
        case "Add":
            return x + rest[0]
        case "Relu":
            return np.maximum(x, 0)
        case "Minimum":
            return np.minimum(x, rest[0])
        case "Maximum":
            return np.maximum(x, rest[0])
        case "Mean":
            return x.mean(tuple(rest[0]))
    raise NotImplementedError(node["op"])


def _convolved(x: Any, kernel: Any, stride: int, depthwise: bool) -> Any:
    """Convolution with TensorFlow's SAME padding: an odd pixel goes to the right and bottom."""
    size, side = kernel.shape[0], x.shape[1]
    out = -(-side // stride)
    padding = max((out - 1) * stride + size - side, 0)
    first = padding // 2
    edges = (first, padding - first)
    x = np.pad(x, ((0, 0), edges, edges, (0, 0)))
    total: Any = 0
    for row in range(size):
        for column in range(size):
            span = (out - 1) * stride + 1
            part = x[:, row : row + span : stride, column : column + span : stride]
            weights = kernel[row, column]
            total = total + (part * weights[:, 0] if depthwise else part @ weights)
    return total
