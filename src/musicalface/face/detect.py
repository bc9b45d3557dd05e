"""Face detection in a photo, and re-detection near known faces."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from ..errors import InputError
from .boxes import Boxes, square_boxes
from .image_ops import require_photo
from .mtcnn import MIN_FACE_SIZE, locate_faces, propose_boxes, refine_boxes
from .rotations import turned

MAX_SEARCH_PIXELS = 2_000_000
"""Larger photos are scaled down to this size for the search."""

SURE = 0.97
"""A photo whose best face has a lower score may not be upright."""

CLEARLY_TURNED = 0.95
"""The score a face needs in another direction: patterns often resemble a face in one of eight."""

_TURNED_SHARE = 0.04
"""Smallest face in another direction, as a share of the shorter side: seven more searches for
smaller ones would take a second in a large photo."""

LARGE = 80
"""Side length in pixels, in the photo, of a face that is near the camera."""

_BORDER = 0.15
"""Width of the border, as a share of the shorter side, that is added to find a face that fills the
photo."""


@dataclass(frozen=True)
class Face:
    """A detected face: box, landmarks and score, in pixels of the upright photo.

    `box` is left, top, width, height, within the photo. `landmarks` are five points (x, y): eyes,
    nose, corners of the mouth; of each pair, the viewer's left comes first. `score` is the
    detector's confidence, 0 to 1. Raises InputError if the shapes are wrong or a number is not
    finite.
    """

    box: tuple[float, float, float, float]
    landmarks: tuple[tuple[float, float], ...]
    score: float

    def __post_init__(self) -> None:
        """Checks the shapes and values; raises InputError."""
        numbers = np.array([*self.box, *np.ravel(self.landmarks)], float)
        if (
            np.shape(self.box) != (4,)
            or np.shape(self.landmarks) != (5, 2)
            or not np.isfinite(numbers).all()
        ):
            raise InputError("A Face needs a box of four finite numbers and five landmarks (x, y).")

    def scaled(self, across: float, down: float) -> "Face":
        """The face in a photo that is `across` times as wide and `down` times as high."""
        left, top, width, height = self.box
        box = (left * across, top * down, width * across, height * down)
        return Face(box, tuple((x * across, y * down) for x, y in self.landmarks), self.score)


def find_faces(
    photo: NDArray[np.uint8], *, upright: bool = False, large_first: bool = False
) -> list[Face]:
    """Detects all faces in a photo (H, W, 3) uint8 RGB; the largest comes first.

    In photos of up to 2 megapixels it finds faces of 30 pixels and more; larger photos are scaled
    down to that size. If it finds none, it stretches the contrast, extends the edges and searches
    again, because a face may be dark or fill the photo. If no face scores SURE, it also searches
    seven other directions, because the photo may lie on its side or a head may be tilted; the
    direction with the highest score wins, and faces need 4 % of the shorter side. `upright` photos,
    such as camera frames, are not turned. `large_first` stops once it finds a face of about LARGE
    pixels, which takes a third of the time.
    Raises InputError if `photo` has another shape or dtype, and ModelError if the detector is
    damaged.
    """
    height, width = require_photo(photo).shape[:2]
    shrink = min(1.0, (MAX_SEARCH_PIXELS / (width * height)) ** 0.5)
    picture = Image.fromarray(photo)
    if shrink < 1:
        size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
        picture = picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    found = _search(picture, smallest=LARGE * shrink) if large_first else []
    found = (
        found
        or _search(picture)
        or _search(_stretch_contrast(picture), round(min(picture.size) * _BORDER))
    )
    if not upright and _best(found) < SURE:
        found = _in_other_directions(picture, found)
    scale = np.array([width / picture.width, height / picture.height], np.float32)
    return _to_faces(found, scale, (width, height))


def follow_faces(photo: NDArray[np.uint8], previous: Sequence[Face]) -> list[Face]:
    """Detects the faces that are still close to their `previous` positions, largest first.

    Runs only the second and third network, at these positions, so it takes a small part of the
    time of `find_faces` and finds no new faces. Two faces at the same position become one.
    """
    picture = Image.fromarray(require_photo(photo))
    boxes = np.array([face.box for face in previous], np.float32).reshape(-1, 4)
    boxes[:, 2:] += boxes[:, :2]
    squares = square_boxes(boxes)
    found = _run_cascade(picture, squares) or _run_cascade(_stretch_contrast(picture), squares)
    return _to_faces(found, np.ones(2, np.float32), picture.size)


Detections = list[tuple[NDArray[np.float32], NDArray[np.float32], np.float32]]
"""Corners (2, 2), landmarks (5, 2) and score of each face."""


def _search(picture: Image.Image, border: int = 0, smallest: float = MIN_FACE_SIZE) -> Detections:
    if border:
        wide = ((border, border), (border, border), (0, 0))
        picture = Image.fromarray(np.pad(np.asarray(picture), wide, "edge"))
    found = _run_cascade(picture, propose_boxes(picture, smallest))
    return [(corners - border, landmarks - border, score) for corners, landmarks, score in found]


def _best(found: Detections) -> float:
    """The highest score, or 0 without detections."""
    return max((float(score) for _, _, score in found), default=0.0)


def _in_other_directions(picture: Image.Image, found: Detections) -> Detections:
    """The detections in the direction with the highest score; `found` are the upright ones."""
    smallest = max(MIN_FACE_SIZE, _TURNED_SHARE * min(picture.size))
    for seen in turned(picture):
        there = _search(seen.picture, smallest=smallest)
        if _best(there) > max(_best(found), CLEARLY_TURNED):
            found = [(seen.corners(c), seen.landmarks(p), score) for c, p, score in there]
        if _best(found) >= SURE:
            return found
    return found


def _stretch_contrast(picture: Image.Image) -> Image.Image:
    """Spreads the gray values over the whole range."""
    return ImageOps.autocontrast(picture, cutoff=1)


def _run_cascade(picture: Image.Image, boxes: Boxes) -> Detections:
    boxes, landmarks, scores = locate_faces(picture, refine_boxes(picture, boxes))
    return list(zip(boxes.reshape(-1, 2, 2), landmarks, scores, strict=True))


def _to_faces(found: Detections, scale: NDArray[np.float32], size: tuple[int, int]) -> list[Face]:
    """Scales detections to a photo of `size`, largest first; drops those outside the photo."""
    faces = []
    for corners, points, score in found:
        (left, top), (right, bottom) = (corners * scale).clip(0, size).tolist()
        landmarks = tuple((x, y) for x, y in (points * scale).tolist())
        if left < right and top < bottom:
            faces.append(Face((left, top, right - left, bottom - top), landmarks, float(score)))
    return sorted(faces, key=lambda face: -face.box[2] * face.box[3])
