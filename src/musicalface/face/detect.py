"""Finding faces in a photo, and finding them again where they were."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from ..errors import InputError
from .boxes import Boxes, squared
from .cascade import accepted, proposed, refined
from .pixels import require_photo

SEARCHED_PIXELS = 2_000_000
"""Larger photos are searched at this size."""

_BORDER = 0.15
"""Of the shorter side: how far a photo is continued to find a face that fills it."""


@dataclass(frozen=True)
class Face:
    """Where a face is, in pixels of the upright photo.

    `box` is left, top, width, height, within the photo. `landmarks` are five
    (x, y): the eyes, the nose, the corners of the mouth, each pair left first as
    the viewer sees it. `score`, 0 to 1, is how sure the detector is.
    """

    box: tuple[float, float, float, float]
    landmarks: tuple[tuple[float, float], ...]
    score: float

    def __post_init__(self) -> None:
        """Raises InputError unless all are numbers, and the landmarks five."""
        known = np.array([*self.box, *np.ravel(self.landmarks)], float)
        if (
            np.shape(self.box) != (4,)
            or np.shape(self.landmarks) != (5, 2)
            or not np.isfinite(known).all()
        ):
            raise InputError("A face is a box of four numbers and five landmarks of two.")


def find_faces(photo: NDArray[np.uint8]) -> list[Face]:
    """All faces of an upright photo (H, W, 3) uint8 RGB, the largest first.

    Faces of 30 pixels and more are found in photos up to 2 megapixels; larger
    photos are searched at that size. Where there is no face, the photo is lit, its
    edge continued, and searched again: a face may be in the dark, or fill the
    picture. Raises InputError for what is no photo, ModelError when the detector is
    damaged.
    """
    height, width = require_photo(photo).shape[:2]
    shrink = min(1.0, (SEARCHED_PIXELS / (width * height)) ** 0.5)
    picture = Image.fromarray(photo)
    if shrink < 1:
        size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
        picture = picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    found = _search(picture) or _search(_lit(picture), round(min(picture.size) * _BORDER))
    scale = np.array([width / picture.width, height / picture.height], np.float32)
    return _faces(found, scale, (width, height))


def follow_faces(photo: NDArray[np.uint8], near: Sequence[Face]) -> list[Face]:
    """Those of the faces `near` that are still about there, the largest first.

    The second and third network look at the places alone, which takes a small part
    of the time of `find_faces`; new faces are not found. Two faces in one place
    become one.
    """
    picture = Image.fromarray(require_photo(photo))
    boxes = np.array([face.box for face in near], np.float32).reshape(-1, 4)
    boxes[:, 2:] += boxes[:, :2]
    places = squared(boxes)
    found = _accepted(picture, places) or _accepted(_lit(picture), places)
    return _faces(found, np.ones(2, np.float32), picture.size)


Found = list[tuple[NDArray[np.float32], NDArray[np.float32], np.float32]]
"""Corners (2, 2), landmarks (5, 2), and score of each face."""


def _search(picture: Image.Image, border: int = 0) -> Found:
    if border:
        wide = ((border, border), (border, border), (0, 0))
        picture = Image.fromarray(np.pad(np.asarray(picture), wide, "edge"))
    found = _accepted(picture, proposed(picture))
    return [(corners - border, landmarks - border, score) for corners, landmarks, score in found]


def _lit(picture: Image.Image) -> Image.Image:
    """With its shades spread over the whole range."""
    return ImageOps.autocontrast(picture, cutoff=1)


def _accepted(picture: Image.Image, boxes: Boxes) -> Found:
    boxes, landmarks, scores = accepted(picture, refined(picture, boxes))
    return list(zip(boxes.reshape(-1, 2, 2), landmarks, scores, strict=True))


def _faces(found: Found, scale: NDArray[np.float32], size: tuple[int, int]) -> list[Face]:
    """In pixels of the photo of that size, the largest first; what lies outside it is none."""
    faces = []
    for corners, points, score in found:
        (left, top), (right, bottom) = (corners * scale).clip(0, size).tolist()
        landmarks = tuple((x, y) for x, y in (points * scale).tolist())
        if left < right and top < bottom:
            faces.append(Face((left, top, right - left, bottom - top), landmarks, float(score)))
    return sorted(faces, key=lambda face: -face.box[2] * face.box[3])
