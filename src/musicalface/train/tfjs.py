"""Reads a TensorFlow.js graph model: a json topology and its binary shards of weights."""

import base64
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError

Weights = dict[str, NDArray[Any]]

_LARGEST = 512_000_000
"""Bytes of a topology or shard."""

_STORED = {"float32": "<f4", "int32": "<i4", "bool": "|b1", "uint8": "|u1"}
_QUANTISED = {"float16": "<f2", "uint8": "|u1", "uint16": "<u2"}


@dataclass(frozen=True)
class Node:
    """One operation: its name, kind, the names of its inputs, and its attributes as json."""

    name: str
    kind: str
    inputs: tuple[str, ...]
    attributes: dict[str, Any]

    @property
    def strides(self) -> int:
        """Stride of a convolution in pixels, in both directions."""
        return int(self.attributes["strides"]["list"]["i"][1])

    @property
    def padding(self) -> str:
        """SAME or VALID."""
        return base64.b64decode(self.attributes["padding"]["s"]).decode()


@dataclass(frozen=True)
class Graph:
    """Operations in order, without constants, and all weights by name."""

    nodes: tuple[Node, ...]
    weights: Weights


def read_graph(path: Path, kinds: Sequence[str]) -> Graph:
    """Reads the topology `path` and the shards next to it.

    `kinds` are the operations that the caller supports. Raises ModelError if a file is
    missing, truncated or not a graph model, or if the graph has another operation.
    """
    try:
        model = json.loads(_bytes(path))
        groups = model["weightsManifest"]
        nodes = [_node(entry) for entry in model["modelTopology"]["node"]]
        shards = [[path.parent / _own_name(name) for name in group["paths"]] for group in groups]
        entries = [group["weights"] for group in groups]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ModelError(f"{path} isn't a TensorFlow.js graph model. Download it again.") from None
    for node in nodes:
        if node.kind not in (*kinds, "Const"):
            raise ModelError(f"{path}: the operation {node.kind} ({node.name}) isn't supported.")
    weights: Weights = {}
    for files, group in zip(shards, entries, strict=True):
        weights |= _weights(path, b"".join(map(_bytes, files)), group)
    return Graph(tuple(node for node in nodes if node.kind != "Const"), weights)


def _node(entry: dict[str, Any]) -> Node:
    inputs = tuple(str(name) for name in entry.get("input", ()))
    return Node(str(entry["name"]), str(entry["op"]), inputs, dict(entry.get("attr", {})))


def _own_name(name: str) -> str:
    """A shard's file name; raises ValueError if it is a path to another folder."""
    if name != Path(name).name or name in ("", ".", ".."):
        raise ValueError(name)
    return name


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise ModelError(f"{path} doesn't exist. Unpack the whole package.")
    if path.stat().st_size > _LARGEST:
        raise ModelError(f"{path} is larger than {_LARGEST // 1_000_000} MB.")
    return path.read_bytes()


def _weights(path: Path, data: bytes, entries: Sequence[dict[str, Any]]) -> Weights:
    weights: Weights = {}
    start = 0
    for entry in entries:
        try:
            array, size = _array(data, start, entry)
        except (ValueError, KeyError, TypeError):
            raise ModelError(
                f"{path}: the weights {entry.get('name')} are truncated or of an unknown type. "
                "Download the files again."
            ) from None
        weights[str(entry["name"])] = array
        start += size
    if start != len(data):
        raise ModelError(
            f"{path} describes {start} bytes of weights, but its shards have {len(data)}."
        )
    return weights


def _array(data: bytes, start: int, entry: dict[str, Any]) -> tuple[NDArray[Any], int]:
    """A weight and its size in bytes; raises ValueError or KeyError if the entry is invalid."""
    shape = [int(length) for length in entry["shape"]]
    quantised = entry.get("quantization")
    stored = np.dtype(_QUANTISED[quantised["dtype"]] if quantised else _STORED[entry["dtype"]])
    array = np.frombuffer(data, stored, math.prod(shape), start).reshape(shape)
    if quantised:
        array = array.astype(np.float32)
        array = array * np.float32(quantised.get("scale", 1)) + np.float32(quantised.get("min", 0))
    return array, math.prod(shape) * stored.itemsize
