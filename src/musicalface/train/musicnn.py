"""ONNX graphs of the networks of musicnn (Pons & Serra, 2019), with their published weights.

Two were trained on the Million Song Dataset with Last.fm's tags: `musicnn`, whose first
convolutions have shapes for timbre (tall) and for rhythm (long), and a plain `vgg`. A second vgg
was trained on MagnaTagATune's tags (slow, fast, soft, loud, …). The graphs follow the paper and
the order of layers in the published graphs; only the weights come from the package (ISC
licence). Layout: (n, channels, time, bands).
"""

from collections.abc import Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import numpy as np
from numpy.typing import NDArray

from ..audio.mel_spectrogram import BANDS
from ..audio.mood_classifier import PATCH
from ..errors import DataError
from .onnx_graph import Graph
from .tf_checkpoint import read_checkpoint

Weights = Mapping[str, NDArray[np.float32]]

MUSICNN, VGG, MTT_VGG = "MSD_musicnn", "MSD_vgg", "MTT_vgg"
POOLS = ((4, 1), (1, 4), (2, 2), (2, 2), (4, 4))
"""Frames and bands of the max pooling after each of the five convolutions of the vgg."""
_FRONT = range(5)
_EPSILON = 1e-3  # TensorFlow's default for batch normalisation


def read_weights(wheel: Path, network: str) -> Weights:
    """Returns the weights of a network in the wheel, by TensorFlow's names. Raises DataError."""
    try:
        with ZipFile(wheel) as files:
            return read_checkpoint(
                files.read(f"musicnn/{network}/.index"),
                files.read(f"musicnn/{network}/.data-00000-of-00001"),
            )
    except (OSError, KeyError, BadZipFile) as error:
        raise DataError(
            f"{wheel} isn't the wheel of musicnn 0.1.0 ({error}). Download it again."
        ) from None


def layer(name: str, number: int, part: str) -> str:
    """Returns TensorFlow's name of a variable; the first layer of a kind has no number."""
    return f"{name}_{number}/{part}" if number else f"{name}/{part}"


def add_musicnn(graph: Graph, batch: str, weights: Weights) -> str:
    """Adds the network from patches (n, 187, 96) to 200 features; returns their name."""
    image = _normal(graph, graph.shaped(batch, 0, 1, PATCH, BANDS), weights, 0, ())
    front = graph.node("Concat", *(_front(graph, image, weights, i) for i in _FRONT), axis=1)
    first = _middle(graph, front, weights, 5)
    second = graph.node("Add", _middle(graph, first, weights, 6), first)
    third = graph.node("Add", _middle(graph, second, weights, 7), second)
    together = graph.node("Concat", front, first, second, third, axis=1)
    axes = graph.constant(np.array([2], np.int64))
    pools = [graph.node(kind, together, axes, keepdims=1) for kind in ("ReduceMax", "ReduceMean")]
    flat = graph.shaped(graph.node("Concat", *pools, axis=2), 0, -1)  # max and mean in turn
    normal = _normal(graph, flat, weights, 9, ())
    dense = graph.dense(normal, weights["dense/kernel"].T, weights["dense/bias"])
    return _normal(graph, graph.node("Relu", dense), weights, 10, ())


def add_vgg(graph: Graph, batch: str, weights: Weights) -> str:
    """Adds the network from patches (n, 187, 96) to 256 features; returns their name."""
    value = _normal(graph, graph.shaped(batch, 0, 1, PATCH, BANDS), weights, 0, ())
    for number, pool in enumerate(POOLS, start=1):
        kernel = weights[f"{number}CNN/kernel"].transpose(3, 2, 0, 1)
        made = graph.convolution(value, kernel, weights[f"{number}CNN/bias"], [1, 1, 1, 1])
        normal = _normal(graph, graph.node("Relu", made), weights, number, (1, 1))
        value = graph.node("MaxPool", normal, kernel_shape=pool, strides=pool)
    return graph.shaped(graph.node("Transpose", value, perm=[0, 2, 3, 1]), 0, -1)


def _front(graph: Graph, image: str, weights: Weights, number: int) -> str:
    """A convolution over time and bands, then the largest of all bands: (n, filters, 187).

    The published order is convolution, ReLU, normalisation, maximum. Where the
    normalisation's factor is negative, its largest value is the convolution's smallest: with
    the factor's sign in the kernel the maximum can come first, which leaves sixty times fewer
    values to normalise.
    """
    kernel = weights[layer("conv2d", number, "kernel")].transpose(3, 2, 0, 1)
    sign = np.sign(_affine(weights, number + 1)[0])
    before = (kernel.shape[2] - 1) // 2
    made = graph.convolution(
        image,
        kernel * sign[:, None, None, None],
        weights[layer("conv2d", number, "bias")] * sign,
        [before, 0, kernel.shape[2] - 1 - before, 0],
    )
    axes = graph.constant(np.array([3], np.int64))
    largest = graph.node("ReduceMax", made, axes, keepdims=0)
    turned = graph.node("Mul", largest, graph.constant(sign.reshape(-1, 1)))
    return _normal(graph, graph.node("Relu", turned), weights, number + 1, (1,))


def _middle(graph: Graph, value: str, weights: Weights, number: int) -> str:
    """A convolution over seven frames of (n, channels, 187)."""
    kernel = weights[layer("conv2d", number, "kernel")][:, :, 0].transpose(2, 1, 0)
    made = graph.convolution(value, kernel, weights[layer("conv2d", number, "bias")], [3, 3])
    return _normal(graph, graph.node("Relu", made), weights, number + 1, (1,))


def _normal(graph: Graph, value: str, weights: Weights, number: int, after: tuple[int, ...]) -> str:
    """Batch normalisation `number` of channels that have the axes `after` behind them."""
    factor, offset = (part.reshape(-1, *after) for part in _affine(weights, number))
    return graph.node(
        "Add", graph.node("Mul", value, graph.constant(factor)), graph.constant(offset)
    )


def _affine(weights: Weights, number: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Factor and offset of batch normalisation `number`, as it is outside training."""
    gamma, beta, mean, variance = (
        weights[layer("batch_normalization", number, part)]
        for part in ("gamma", "beta", "moving_mean", "moving_variance")
    )
    factor = gamma / np.sqrt(variance + _EPSILON)
    return factor, beta - mean * factor
