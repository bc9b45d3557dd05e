"""ONNX graphs, built node by node."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

OPSET, IR_VERSION = 20, 10


@dataclass
class Graph:
    """Nodes and stored values of a graph under construction; methods return a value's name."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    values: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, array: NDArray[Any]) -> str:
        """A value that is stored in the file."""
        name = f"c{len(self.values)}"
        self.values.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """An operation with one output."""
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def shaped(self, value: str, *shape: int) -> str:
        """The value in another shape; 0 keeps a size, -1 is what is left."""
        return self.node("Reshape", value, self.constant(np.array(shape, np.int64)))

    def convolution(
        self, value: str, kernel: NDArray[Any], bias: NDArray[Any], pads: Sequence[int]
    ) -> str:
        """A convolution; `pads` are all that go before, then all that go after."""
        return self.node("Conv", value, self.constant(kernel), self.constant(bias), pads=pads)

    def dense(self, value: str, weights: NDArray[Any], bias: NDArray[Any]) -> str:
        """A dense layer with weights (outputs, inputs)."""
        return self.node("Gemm", value, self.constant(weights), self.constant(bias), transB=1)

    def model(
        self, batch: str, shape: Sequence[int | str], output: str, columns: int
    ) -> onnx.ModelProto:
        """The model from `batch` of this shape to float32 `output` (n, columns)."""
        inputs = [helper.make_tensor_value_info(batch, onnx.TensorProto.FLOAT, shape)]
        outputs = [helper.make_tensor_value_info(output, onnx.TensorProto.FLOAT, ["n", columns])]
        graph = helper.make_graph(self.nodes, "network", inputs, outputs, self.values)
        opset = helper.make_opsetid("", OPSET)
        return helper.make_model(graph, opset_imports=[opset], ir_version=IR_VERSION)
