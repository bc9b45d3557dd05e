"""Box operations on arrays (N, 4) float32 of left, top, right, bottom, in pixels."""

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float32]


def shift_boxes(boxes: Boxes, offsets: Boxes) -> Boxes:
    """Moves each edge by its offset (N, 4), a fraction of the box's width or height."""
    size = boxes[:, 2:] - boxes[:, :2]
    return boxes + offsets * np.tile(size, 2)


def square_boxes(boxes: Boxes) -> Boxes:
    """The square with the centre and the longer side of each box."""
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    half = (boxes[:, 2:] - boxes[:, :2]).max(1, keepdims=True) / 2
    return np.concatenate([centre - half, centre + half], axis=1)


def non_max_suppression(
    boxes: Boxes, scores: NDArray[np.float32], limit: float, *, of_smaller: bool = False
) -> NDArray[np.intp]:
    """Non-maximum suppression: the indices of the boxes that remain, best score first.

    A box is removed if its intersection with a better box exceeds `limit` times their union (or
    times the smaller box's area if `of_smaller`).
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


def intersection_over_union(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> float:
    """Intersection over union, 0 to 1, of two boxes (left, top, width, height)."""
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    high = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    shared = max(0.0, wide) * max(0.0, high)
    return shared / max(one[2] * one[3] + other[2] * other[3] - shared, 1e-9)
