"""Rotated copies of a photo, to find faces in photos on their side and tilted heads."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

STEP = 45
"""Degrees between two rotations. MTCNN finds faces that are tilted by up to half of it."""

_BACKGROUND = (128, 128, 128)


@dataclass(frozen=True)
class Turned:
    """A rotated photo, and the matrix (2, 3) from its coordinates to the photo's."""

    picture: Image.Image
    to_photo: NDArray[np.float64]

    def landmarks(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Points (N, 2) in the photo's coordinates."""
        return np.asarray(points @ self.to_photo[:, :2].T + self.to_photo[:, 2], np.float32)

    def corners(self, corners: NDArray[np.float32]) -> NDArray[np.float32]:
        """A box (2, 2 corners) in the photo's coordinates: same size, same centre."""
        size = corners[1] - corners[0]
        lying = abs(self.to_photo[0, 1]) > abs(self.to_photo[0, 0]) + 1e-6
        half = (size[::-1] if lying else size) / 2
        (middle,) = self.landmarks(corners.mean(0, keepdims=True))
        return np.stack([middle - half, middle + half])


def turned(picture: Image.Image) -> Iterator[Turned]:
    """The picture in all other directions, quarter turns first, uncropped."""
    quarters = [degrees for degrees in range(STEP, 360, STEP) if degrees % 90 == 0]
    others = [degrees for degrees in range(STEP, 360, STEP) if degrees % 90]
    for degrees in quarters + others:
        yield _turned(picture, math.radians(degrees))


def _turned(picture: Image.Image, angle: float) -> Turned:
    cosine, sine = math.cos(angle), math.sin(angle)
    width, height = picture.size
    size = (
        math.ceil(abs(width * cosine) + abs(height * sine) - 1e-6),
        math.ceil(abs(width * sine) + abs(height * cosine) - 1e-6),
    )
    turn = np.array([[cosine, sine], [-sine, cosine]])
    middle = np.array(picture.size) / 2 - turn @ np.array(size) / 2
    to_photo = np.column_stack([turn, middle])
    seen = picture.transform(
        size,
        Image.Transform.AFFINE,
        tuple(to_photo.ravel()),
        Image.Resampling.BILINEAR,
        fillcolor=_BACKGROUND,
    )
    return Turned(seen, to_photo)
