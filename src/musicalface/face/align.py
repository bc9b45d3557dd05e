"""Face alignment: crops like those that the expression networks are trained on."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .detect import Face
from .image_ops import SIDE

TEMPLATE = np.array(
    [[15.1, 17.9], [32.9, 17.9], [24.0, 28.3], [16.5, 37.5], [31.5, 37.5]], np.float64
)
"""FER2013's landmarks in its 48 × 48 pixels: the mean over 24,696 training faces and their mirror
images, measured by runs/landmark_template.py."""


_MAX_SUPERSAMPLING = 200
"""Samples per side for each pixel of the crop; enough for a face of 100 megapixels."""


def align_faces(
    gray: NDArray[np.uint8], faces: Sequence[Face], side: int = SIDE
) -> NDArray[np.uint8]:
    """Crops faces from a gray photo (H, W) uint8, upright as in FER2013: (faces, side, side) uint8.

    A similarity transform fits each face's landmarks to TEMPLATE, scaled to `side`, in the
    least-squares sense (Umeyama, 1991). Pixels outside the photo are black.
    """
    picture = Image.fromarray(gray)
    crops = [_crop(picture, np.array(face.landmarks), side) for face in faces]
    return np.array(crops, np.uint8).reshape(-1, side, side)


def similarity_transform(
    points: NDArray[np.float64], targets: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The rotation, scale and translation (2, 3) that best maps points (N, 2) to targets (N, 2)."""
    middle, goal = points.mean(0), targets.mean(0)
    p, t = points - middle, targets - goal
    along = (p * t).sum()
    across = (p[:, 0] * t[:, 1] - p[:, 1] * t[:, 0]).sum()
    turn = np.array([[along, -across], [across, along]]) / max((p**2).sum(), 1e-9)
    return np.column_stack([turn, goal - turn @ middle])


def _crop(picture: Image.Image, landmarks: NDArray[np.float64], side: int) -> NDArray[np.uint8]:
    to_photo = similarity_transform(TEMPLATE * (side / SIDE), landmarks)
    # Supersample and average, so that a large face does not alias.
    fine = max(1, min(round(float(np.hypot(*to_photo[:, 0]))), _MAX_SUPERSAMPLING))
    to_photo[:, :2] /= fine
    crop = picture.transform(
        (side * fine, side * fine),
        Image.Transform.AFFINE,
        tuple(to_photo.ravel()),
        Image.Resampling.BILINEAR,
    )
    return np.asarray(crop.reduce(fine) if fine > 1 else crop)
