"""Arithmetic on boxes: arrays (N, 4) float32 of left, top, right, bottom, in pixels."""

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float32]


def shifted(boxes: Boxes, offsets: Boxes) -> Boxes:
    """Move each edge by its offset (N, 4), given in widths and heights of the box."""
    size = boxes[:, 2:] - boxes[:, :2]
    return boxes + offsets * np.tile(size, 2)


def squared(boxes: Boxes) -> Boxes:
    """The square around each box's centre with its longer side."""
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    half = (boxes[:, 2:] - boxes[:, :2]).max(1, keepdims=True) / 2
    return np.concatenate([centre - half, centre + half], axis=1)


def without_overlaps(
    boxes: Boxes, scores: NDArray[np.float32], limit: float, *, of_smaller: bool = False
) -> NDArray[np.intp]:
    """Indices that survive non-maximum suppression, best score first.

    A box goes when it shares more than `limit` of the union with a better one
    (of the smaller box's area instead, when `of_smaller`).
    """
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(1)
    left = np.argsort(-scores, kind="stable")
    kept: list[np.intp] = []
    while left.size:
        best, rest = left[0], left[1:]
        kept.append(best)
        corner = np.maximum(boxes[best, :2], boxes[rest, :2])
        shared = (np.minimum(boxes[best, 2:], boxes[rest, 2:]) - corner).clip(0).prod(1)
        whole = (
            np.minimum(areas[best], areas[rest])
            if of_smaller
            else areas[best] + areas[rest] - shared
        )
        left = rest[shared <= limit * whole]
    return np.array(kept, np.intp)


def overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> float:
    """What two boxes (left, top, width, height) share, 0 to 1, of their union."""
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    high = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    shared = max(0.0, wide) * max(0.0, high)
    return shared / max(one[2] * one[3] + other[2] * other[3] - shared, 1e-9)
