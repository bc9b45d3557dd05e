"""ONNX export: writes a network as one self-contained file, optionally with int8 weights."""

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

from .networks.lstm2018 import EXPORT_LENGTH, LSTM2018

OPSET = 20
_MIN_QUANTIZED_SIZE = 1024  # values; biases and norms stay float32


def export_onnx(
    network: nn.Module,
    example: Tensor,
    path: Path,
    *,
    shape: Sequence[int | str],
    metadata: dict[str, str],
    bits: int,
) -> None:
    """Writes the network in evaluation mode.

    `example` is one batch (N, ...) of its input; named sizes in `shape` are dynamic.
    `bits` is 32 or 8: 8 stores weights as int8 with a scale per output channel, and
    computes in float32.
    """
    if isinstance(network, LSTM2018):
        model = _to_onnx(network.eval(), example[:, -EXPORT_LENGTH:], shape)
        network.edit_onnx(model.graph)
    else:
        model = _to_onnx(network.eval(), example, shape)
    _strip_metadata(model)
    if bits == 8:
        quantise(model.graph)
    helper.set_model_props(model, metadata)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString(deterministic=True))


def fold_temperatures(classifier: nn.Linear, temperatures: Sequence[float]) -> None:
    """Divides the last layer's weights, and so each head's logits, by its temperature."""
    rows = classifier.out_features // len(temperatures)
    by_row = torch.tensor(temperatures).repeat_interleave(rows)
    with torch.no_grad():
        classifier.weight.div_(by_row[:, None])
        classifier.bias.div_(by_row)


def _to_onnx(network: nn.Module, example: Tensor, shape: Sequence[int | str]) -> onnx.ModelProto:
    free = {at: torch.export.Dim(size) for at, size in enumerate(shape) if isinstance(size, str)}
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns about its own internals
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


def _strip_metadata(model: onnx.ModelProto) -> None:
    """Removes the exporter's metadata, which contains local paths."""
    for part in (model.graph, *model.graph.node, *model.graph.input, *model.graph.output):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    for value in (*model.graph.value_info, *model.graph.initializer):
        value.ClearField("metadata_props")
        value.ClearField("doc_string")


def quantise(graph: onnx.GraphProto) -> None:
    """Store weights of two axes or more as int8, with a scale for each output channel."""
    for weight in list(graph.initializer):
        values = numpy_helper.to_array(weight)
        if values.dtype == np.float32 and values.ndim >= 2 and values.size >= _MIN_QUANTIZED_SIZE:
            graph.initializer.remove(weight)
            graph.initializer.extend(_to_int8(values, weight.name))
            graph.node.insert(0, _dequantize_node(weight.name))


def _to_int8(values: NDArray[np.float32], name: str) -> list[Any]:
    """Symmetric quantization, with a scale per slice of the first axis."""
    peaks = np.abs(values).max(axis=tuple(range(1, values.ndim)), keepdims=True)
    scales = np.maximum(peaks, 1e-12) / 127
    small = (values / scales).round().astype(np.int8)
    return [
        numpy_helper.from_array(small, f"{name}.int8"),
        numpy_helper.from_array(scales.reshape(-1).astype(np.float32), f"{name}.scale"),
    ]


def _dequantize_node(name: str) -> onnx.NodeProto:
    return helper.make_node(
        "DequantizeLinear", [f"{name}.int8", f"{name}.scale"], [name], name=f"widen {name}", axis=0
    )
