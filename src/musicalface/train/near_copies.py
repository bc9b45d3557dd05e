"""Finds near copies of evaluation faces, which differ in crop, size or compression."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..evaluate.face_dataset import read_labelled_faces
from ..evaluate.face_folders import list_labelled_photos
from ..face.align import TEMPLATE, similarity_transform
from ..face.detect import find_faces
from ..face.image_ops import gray
from ..face.photo_reader import read_photo
from .data_cleaning import TRAINING
from .face_set_builder import FaceSet, landmarks_of_fer2013

ALIKE = 0.9
"""Two faces with a higher correlation are the same picture."""

_SIDE = 24
_TOP, _LEFT, _HIGH, _WIDE = 11, 9, 30, 30  # of TEMPLATE's 48 pixels: eyes to chin
_BATCH = 2048

Signatures = NDArray[np.float32]
"""Rows of length 1 and mean 0 (N, 576): their products are correlations."""


def copies(faces: FaceSet, measured: Path) -> NDArray[np.bool_]:
    """Mask (N,) of faces also in `measured`: photos, or a table without its training split."""
    others = _of_photos(measured) if measured.is_dir() else _of_table(measured)
    return likeness(signatures(faces.pixels, faces.landmarks), others) > ALIKE


def signatures(pixels: NDArray[np.uint8], landmarks: NDArray[np.float32]) -> Signatures:
    """Signatures of the middle of gray faces (N, H, W), aligned by landmarks (N, 5, 2)."""
    return np.stack([_signature(*face) for face in zip(pixels, landmarks, strict=True)])


def likeness(faces: Signatures, others: Signatures) -> NDArray[np.float32]:
    """The highest correlation (N,) of each face with any of the others or its mirror image."""
    mirrored = others.reshape(-1, _SIDE, _SIDE)[:, :, ::-1].reshape(others.shape)
    both = np.concatenate([others, mirrored]).T
    parts = [faces[start : start + _BATCH] @ both for start in range(0, len(faces), _BATCH)]
    return np.concatenate([part.max(1) for part in parts])


def _of_table(path: Path) -> Signatures:
    """Signatures of FER2013's faces: of the original crop, and aligned by landmarks."""
    faces = read_labelled_faces(path)
    pixels = faces.pixels[faces.splits != TRAINING]
    cropped = np.broadcast_to(TEMPLATE.astype(np.float32), (len(pixels), 5, 2))
    seen = [signatures(pixels, points) for points in (cropped, landmarks_of_fer2013(pixels))]
    return np.concatenate(seen)


def _of_photos(folder: Path) -> Signatures:
    return np.stack(list(_largest_faces(folder)))


def _largest_faces(folder: Path) -> Iterator[Signatures]:
    for picture in list_labelled_photos(folder):
        photo = read_photo(picture.path)
        for face in find_faces(photo)[:1]:
            yield _signature(gray(photo), np.array(face.landmarks, np.float32))


def _signature(pixels: NDArray[np.uint8], landmarks: NDArray[np.float32]) -> Signatures:
    window = np.array([[_WIDE / _SIDE, 0, _LEFT], [0, _HIGH / _SIDE, _TOP], [0, 0, 1]])
    to_picture = similarity_transform(TEMPLATE, landmarks.astype(np.float64)) @ window
    size, kind = (_SIDE, _SIDE), Image.Transform.AFFINE
    picture = Image.fromarray(pixels).transform(
        size, kind, tuple(to_picture.ravel()), Image.Resampling.BILINEAR
    )
    values = np.asarray(picture, np.float32).ravel()
    values = values - values.mean()
    return np.asarray(values / max(float(np.linalg.norm(values)), 1e-6), np.float32)
