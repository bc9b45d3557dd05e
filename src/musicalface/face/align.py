"""A found face becomes the crop that the expression networks learnt from."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .detect import Face
from .pixels import SIDE

TEMPLATE = np.array(
    [[15.1, 17.9], [32.9, 17.9], [24.0, 28.3], [16.5, 37.5], [31.5, 37.5]], np.float64
)
"""Where FER2013 has its landmarks, in its 48 pixels: the mean over 24,696 training faces and
their mirror images, measured by runs/landmark_template.py."""


_FINEST = 200
"""Samples a side for each pixel of the crop: enough for a face of 100 megapixels."""


def aligned(gray: NDArray[np.uint8], faces: Sequence[Face]) -> NDArray[np.uint8]:
    """Upright crops like FER2013's: a gray photo (H, W) uint8 to (faces, 48, 48) uint8.

    Each face is turned, scaled and moved so that its landmarks fit TEMPLATE in the
    least squares (Umeyama, 1991). What lies beyond the photo's edge is black.
    """
    picture = Image.fromarray(gray)
    crops = [_crop(picture, np.array(face.landmarks)) for face in faces]
    return np.array(crops, np.uint8).reshape(-1, SIDE, SIDE)


def similarity(points: NDArray[np.float64], targets: NDArray[np.float64]) -> NDArray[np.float64]:
    """The turn, scale and shift (2, 3) that takes points (N, 2) nearest to targets (N, 2)."""
    middle, goal = points.mean(0), targets.mean(0)
    p, t = points - middle, targets - goal
    along = (p * t).sum()
    across = (p[:, 0] * t[:, 1] - p[:, 1] * t[:, 0]).sum()
    turn = np.array([[along, -across], [across, along]]) / max((p**2).sum(), 1e-9)
    return np.column_stack([turn, goal - turn @ middle])


def _crop(picture: Image.Image, landmarks: NDArray[np.float64]) -> NDArray[np.uint8]:
    to_photo = similarity(TEMPLATE, landmarks)
    # Sampled finely enough that a large face does not alias, then averaged down.
    fine = max(1, min(round(float(np.hypot(*to_photo[:, 0]))), _FINEST))
    to_photo[:, :2] /= fine
    crop = picture.transform(
        (SIDE * fine, SIDE * fine),
        Image.Transform.AFFINE,
        tuple(to_photo.ravel()),
        Image.Resampling.BILINEAR,
    )
    return np.asarray(crop.reduce(fine) if fine > 1 else crop)
