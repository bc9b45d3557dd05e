"""The published networks' forward pass in float64, as a check of their ONNX graphs.

Written from the published order of layers (time, bands, channels), with nothing folded or
moved; slow.
"""

import numpy as np
from numpy.typing import NDArray

from .musicnn import POOLS, Weights, layer

_Array = NDArray[np.float64]
_EPSILON = 1e-3


def musicnn_features(weights: Weights, patches: NDArray[np.float32]) -> _Array:
    """The 200 features (N, 200) of patches (N, 187, 96)."""
    image = _normal(weights, patches[..., None].astype(np.float64), 0)
    front = np.concatenate(
        [_conv(weights, image, number, "same").max(2) for number in (2, 3, 4)], axis=2
    )
    tall = np.pad(image, ((0, 0), (3, 3), (0, 0), (0, 0)))
    timbre = [_conv(weights, tall, number, "valid").max(2) for number in (0, 1)]
    front = np.concatenate([*timbre, front], axis=2)[..., None]
    first = _middle(weights, front, 5)
    second = _middle(weights, first, 6) + first
    third = _middle(weights, second, 7) + second
    together = np.concatenate([front, first, second, third], axis=2)
    pools = np.concatenate([together.max(1), together.mean(1)], axis=2)
    flat = _normal(weights, pools.reshape(len(pools), -1), 9)
    dense = flat @ weights["dense/kernel"] + weights["dense/bias"]
    return _normal(weights, np.maximum(dense, 0), 10)


def vgg_features(weights: Weights, patches: NDArray[np.float32]) -> _Array:
    """The 256 features (N, 256) of patches (N, 187, 96)."""
    value = _normal(weights, patches[..., None].astype(np.float64), 0)
    for number, (high, wide) in enumerate(POOLS, start=1):
        kernel, bias = weights[f"{number}CNN/kernel"], weights[f"{number}CNN/bias"]
        padded = np.pad(value, ((0, 0), (1, 1), (1, 1), (0, 0)))
        value = _normal(weights, np.maximum(_product(padded, kernel) + bias, 0), number)
        value = _largest(value, high, wide)
    return value.reshape(len(value), -1)


def _conv(weights: Weights, value: _Array, number: int, padding: str) -> _Array:
    """Convolution `number`, ReLU, and the batch normalisation after it."""
    kernel = weights[layer("conv2d", number, "kernel")]
    bias = weights[layer("conv2d", number, "bias")]
    if padding == "same":
        more = kernel.shape[0] - 1
        value = np.pad(value, ((0, 0), (more // 2, more - more // 2), (0, 0), (0, 0)))
    return _normal(weights, np.maximum(_product(value, kernel) + bias, 0), number + 1)


def _middle(weights: Weights, value: _Array, number: int) -> _Array:
    padded = np.pad(value, ((0, 0), (3, 3), (0, 0), (0, 0)))
    return _conv(weights, padded, number, "valid").transpose(0, 1, 3, 2)


def _product(value: _Array, kernel: NDArray[np.float32]) -> _Array:
    windows = np.lib.stride_tricks.sliding_window_view(value, kernel.shape[:2], axis=(1, 2))
    return np.asarray(np.einsum("nhwcab,abcf->nhwf", windows, kernel, optimize=True))


def _largest(value: _Array, high: int, wide: int) -> _Array:
    count, height, width, channels = value.shape
    kept = value[:, : height // high * high, : width // wide * wide]
    blocks = kept.reshape(count, height // high, high, width // wide, wide, channels)
    return np.asarray(blocks.max((2, 4)))


def _normal(weights: Weights, value: _Array, number: int) -> _Array:
    name = "batch_normalization" + (f"_{number}" if number else "")
    gamma, beta, mean, variance = (
        weights[f"{name}/{part}"] for part in ("gamma", "beta", "moving_mean", "moving_variance")
    )
    return np.asarray((value - mean) / np.sqrt(variance + _EPSILON) * gamma + beta)
