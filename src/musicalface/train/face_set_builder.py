"""Builds face sets: labelled faces with landmarks, one file per set, from pictures of any size."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from ..errors import DataError, TrainingError
from ..evaluate.face_folders import LabelledPhoto
from ..face.align import TEMPLATE
from ..face.detect import Face, find_faces
from ..face.image_ops import gray
from ..face.mtcnn import crop_landmarks
from ..face.photo_reader import read_photo
from ..files import atomic_write
from ..process_pool import map_in_order

UNKNOWN = 0
"""Gray value of pixels outside of the picture; the picture's own are 1 to 255."""

UNLABELLED = -1
_MARGIN = 0.25  # of the side: added around a crop, because the detector needs space around a face
_DARK = 12  # the largest channel of a pixel that may belong to a black border
_BORDERED = 0.5  # of the edge is black where there is a border
_SURE = 0.95
_BATCH = 64


@dataclass(frozen=True)
class FaceSet:
    """N faces of one size, in their original crop.

    pixels (N, S, S) uint8 gray, UNKNOWN where there is no picture; landmarks
    (N, 5, 2) float32 in pixels, as in `Face`; labels (N,) int64 0..6 or UNLABELLED;
    splits and names (N,) of str.
    """

    pixels: NDArray[np.uint8]
    landmarks: NDArray[np.float32]
    labels: NDArray[np.int64]
    splits: NDArray[np.str_]
    names: NDArray[np.str_]

    def take(self, chosen: NDArray[np.bool_]) -> "FaceSet":
        """The faces for which `chosen` (N,) is true."""
        return FaceSet(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def split(self, name: str) -> "FaceSet":
        """The faces of one split."""
        return self.take(self.splits == name)

    def save(self, path: Path) -> None:
        """Writes an .npz file."""
        arrays = {field.name: getattr(self, field.name) for field in fields(self)}
        with atomic_write(path) as aside, aside.open("wb") as file:
            np.savez(file, **arrays)

    @classmethod
    def load(cls, path: Path) -> "FaceSet":
        """Reads a file of `save`; raises DataError."""
        try:
            with path.open("rb") as file, np.load(file) as arrays:
                return cls(*(arrays[field.name] for field in fields(cls)))
        except Exception:  # a damaged archive raises whatever unpacking it meets
            raise DataError(f"{path} isn't a face set. Build one with runs/face_set.py.") from None


def face_set(pictures: Sequence[LabelledPhoto], side: int, workers: int | None = None) -> FaceSet:
    """Detects one face per cropped picture, with the program's own detector.

    Resizes pictures to side x side and skips those without a face. A black border becomes
    UNKNOWN. Raises DataError if no picture has a face.
    """
    batches = [pictures[start : start + _BATCH] for start in range(0, len(pictures), _BATCH)]
    read = map_in_order(batches, partial(partial, _read, side), workers, TrainingError)
    found = [
        (picture, *face)
        for batch, faces in zip(batches, read, strict=True)
        for picture, face in zip(batch, faces, strict=True)
        if face is not None
    ]
    if not found:
        raise DataError("No picture has a face.")
    kept, pixels, landmarks = zip(*found, strict=True)
    return FaceSet(
        np.stack(pixels),
        np.stack(landmarks),
        np.array([picture.label for picture in kept], np.int64),
        np.array([picture.split for picture in kept]),
        np.array([f"{picture.path.parent.name}/{picture.path.name}" for picture in kept]),
    )


def landmarks_of_fer2013(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Landmarks (N, 5, 2) of FER2013's crops (N, 48, 48); TEMPLATE where O-Net is unsure."""
    parts = np.array_split(pixels, max(1, len(pixels) // 512))
    read = [crop_landmarks(np.repeat(part[..., None], 3, axis=-1)) for part in parts]
    landmarks = np.concatenate([points for points, _ in read]) * pixels.shape[-1]
    sure = np.concatenate([scores for _, scores in read]) > _SURE
    return np.where(sure[:, None, None], landmarks, TEMPLATE).astype(np.float32)


def known(rgb: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Mask (H, W) of the pixels of a picture (H, W, 3) inside its black border.

    A picture has a border if at least half of its edge is black.
    """
    dark = rgb.max(-1) <= _DARK
    edge = np.concatenate([dark[0], dark[-1], dark[:, 0], dark[:, -1]])
    if edge.mean() < _BORDERED:
        return np.ones(dark.shape, bool)
    dark = np.pad(dark, 1, constant_values=True)  # connects the border around all sides
    regions, _ = ndimage.label(dark)
    border = regions == regions[0, 0]
    return np.asarray(~ndimage.binary_dilation(border[1:-1, 1:-1]))


Found = tuple[NDArray[np.uint8], NDArray[np.float32]]


def _read(side: int, pictures: Sequence[LabelledPhoto]) -> list[Found | None]:
    return [_face(read_photo(picture.path), side) for picture in pictures]


def _face(photo: NDArray[np.uint8], side: int) -> Found | None:
    """Gray pixels (side, side) and landmarks of the face closest to the middle."""
    if photo.shape[:2] != (side, side):
        photo = np.asarray(Image.fromarray(photo).resize((side, side), Image.Resampling.BILINEAR))
    margin = round(side * _MARGIN)
    faces = find_faces(np.pad(photo, ((margin, margin), (margin, margin), (0, 0))))
    if not faces:
        return None
    middle = min(faces, key=partial(_from_middle, side / 2 + margin))
    pixels = np.where(known(photo), np.maximum(gray(photo), 1), UNKNOWN).astype(np.uint8)
    return pixels, np.array(middle.landmarks, np.float32) - margin


def _from_middle(middle: float, face: Face) -> float:
    left, top, width, height = face.box
    return float(np.hypot(left + width / 2 - middle, top + height / 2 - middle))
