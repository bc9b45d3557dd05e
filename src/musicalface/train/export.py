"""A trained network becomes one ONNX file that carries all it needs."""

import logging
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from torch import Tensor, nn

OPSET = 20
_SMALLEST_QUANTISED = 1024  # values; biases and norms stay as they are


def export(
    network: nn.Module,
    example: Tensor,
    path: Path,
    *,
    shape: Sequence[int | str],
    metadata: dict[str, str],
    bits: int,
) -> None:
    """Write the network, in evaluation mode.

    `example` is one batch (N, ...) of its input; sizes that `shape` names are free.
    `bits` is 32, or 8: then weights are stored as int8 with a scale for each output
    channel, and computed in float32.
    """
    model = _to_onnx(network.eval(), example, shape)
    _forget_sources(model)
    if bits == 8:
        _quantise(model.graph)
    helper.set_model_props(model, metadata)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString(deterministic=True))


def fold_temperatures(classifier: nn.Linear, temperatures: Sequence[float]) -> None:
    """Divide the logits of each head by its temperature, inside the last layer."""
    rows = classifier.out_features // len(temperatures)
    by_row = torch.tensor(temperatures).repeat_interleave(rows)
    with torch.no_grad():
        classifier.weight.div_(by_row[:, None])
        classifier.bias.div_(by_row)


def _to_onnx(network: nn.Module, example: Tensor, shape: Sequence[int | str]) -> onnx.ModelProto:
    free = {at: torch.export.Dim(size) for at, size in enumerate(shape) if isinstance(size, str)}
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of its own insides
        program = torch.onnx.export(
            network,
            (example,),
            dynamo=True,
            input_names=["batch"],
            output_names=["logits"],
            dynamic_shapes=(free,),
            opset_version=OPSET,
            verbose=False,
        )
    assert program is not None
    return program.model_proto


def _forget_sources(model: onnx.ModelProto) -> None:
    """Remove the exporter's notes, which name source files of this machine."""
    for part in (model.graph, *model.graph.node, *model.graph.input, *model.graph.output):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    for value in (*model.graph.value_info, *model.graph.initializer):
        value.ClearField("metadata_props")
        value.ClearField("doc_string")


def _quantise(graph: onnx.GraphProto) -> None:
    for weight in list(graph.initializer):
        values = numpy_helper.to_array(weight)
        if values.dtype == np.float32 and values.ndim >= 2 and values.size >= _SMALLEST_QUANTISED:
            graph.initializer.remove(weight)
            graph.initializer.extend(_eight_bits(values, weight.name))
            graph.node.insert(0, _widening(weight.name))


def _eight_bits(values: NDArray[np.float32], name: str) -> list[Any]:
    """Symmetric, a scale for each slice of the first axis."""
    peaks = np.abs(values).max(axis=tuple(range(1, values.ndim)), keepdims=True)
    scales = np.maximum(peaks, 1e-12) / 127
    small = (values / scales).round().astype(np.int8)
    return [
        numpy_helper.from_array(small, f"{name}.int8"),
        numpy_helper.from_array(scales.reshape(-1).astype(np.float32), f"{name}.scale"),
    ]


def _widening(name: str) -> onnx.NodeProto:
    return helper.make_node(
        "DequantizeLinear", [f"{name}.int8", f"{name}.scale"], [name], name=f"widen {name}", axis=0
    )
