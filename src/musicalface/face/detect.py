"""Finding faces in a photo, and finding them again where they were."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .boxes import Boxes, squared
from .cascade import accepted, proposed, refined

SEARCHED_PIXELS = 2_000_000
"""Larger photos are searched at this size."""

_BORDER = 0.1
"""Of the longer side: how far a photo is continued to find a face that fills it."""


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


def find_faces(photo: NDArray[np.uint8]) -> list[Face]:
    """All faces of an upright photo (H, W, 3) uint8 RGB, the largest first.

    Faces of 30 pixels and more are found in photos up to 2 megapixels; larger
    photos are searched at that size. Raises ModelError when the detector is damaged.
    """
    return _search(photo) or _search_beyond(photo)


def follow_faces(photo: NDArray[np.uint8], near: Sequence[Face]) -> list[Face]:
    """Those of the faces `near` that are still about there, the largest first.

    The second and third network look at the places alone, which takes a small part
    of the time of `find_faces`; new faces are not found. Two faces in one place
    become one.
    """
    picture = Image.fromarray(photo)
    boxes = np.array([face.box for face in near], np.float32).reshape(-1, 4)
    boxes[:, 2:] += boxes[:, :2]
    return _faces(picture, squared(boxes), np.ones(2, np.float32), picture.size)


def _search(photo: NDArray[np.uint8]) -> list[Face]:
    height, width = photo.shape[:2]
    shrink = min(1.0, (SEARCHED_PIXELS / (width * height)) ** 0.5)
    picture = Image.fromarray(photo)
    if shrink < 1:
        size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
        picture = picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    scale = np.array([width / picture.width, height / picture.height], np.float32)
    return _faces(picture, proposed(picture), scale, (width, height))


def _search_beyond(photo: NDArray[np.uint8]) -> list[Face]:
    """Search again with the photo's edge continued: a face may fill the picture."""
    height, width = photo.shape[:2]
    border = round(max(height, width) * _BORDER)
    wide = np.pad(photo, ((border, border), (border, border), (0, 0)), "edge")
    return [_moved(face, -border, (width, height)) for face in _search(wide)]


def _moved(face: Face, by: int, size: tuple[int, int]) -> Face:
    left, top, width, height = face.box
    corners = np.array([[left, top], [left + width, top + height]], np.float32) + by
    return _face(corners.clip(0, size), np.array(face.landmarks) + by, np.float32(face.score))


def _faces(
    picture: Image.Image, boxes: Boxes, scale: NDArray[np.float32], size: tuple[int, int]
) -> list[Face]:
    """What is a face among proposed squares, in pixels of the photo of that size."""
    boxes, landmarks, scores = accepted(picture, refined(picture, boxes))
    corners = (boxes.reshape(-1, 2, 2) * scale).clip(0, size)
    faces = map(_face, corners, landmarks * scale, scores)
    return sorted(faces, key=lambda face: -face.box[2] * face.box[3])


def _face(corners: Boxes, landmarks: Boxes, score: np.float32) -> Face:
    (left, top), (right, bottom) = corners.tolist()
    points = tuple((x, y) for x, y in landmarks.tolist())
    return Face((left, top, right - left, bottom - top), points, float(score))
