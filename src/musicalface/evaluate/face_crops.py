"""Face crops from uncropped photos, to evaluate detection, alignment and reading together."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from ..face.align import align_faces
from ..face.detect import find_faces
from ..face.image_ops import SIDE, gray
from ..face.photo_reader import read_reduced
from ..face.quality import Quality
from .face_folders import LabelledPhoto
from .labelled_faces import LabelledFaces

Progress = Callable[[int, float], None]


@dataclass(frozen=True)
class ExtractedFaces:
    """The largest face of each photo with a readable face, aligned.

    `paths` are the photos of `faces`, in the same order. `unread` counts the other photos by
    reason: no face, too small, too dark, turned too far.
    """

    faces: LabelledFaces
    paths: list[Path]
    unread: dict[str, int]


def extract_faces(
    pictures: Sequence[LabelledPhoto],
    side: int = SIDE,
    progress: Progress = lambda more, share: None,
) -> ExtractedFaces:
    """Finds and aligns the faces of photos (see `face_folders.list_labelled_photos`).

    Crops are `side` pixels square; see `Model.side`.

    Raises DataError if no photo has a readable face.
    """
    crops: dict[int, NDArray[np.uint8]] = {}
    unread: Counter[str] = Counter()
    for number, (crop, problem) in enumerate(map(partial(_largest_face, side), pictures)):
        progress(1, (number + 1) / len(pictures))
        if problem:
            unread[problem] += 1
        else:
            crops[number] = crop
    if not crops:
        reasons = ", ".join(f"{problem}: {count}" for problem, count in unread.items())
        raise DataError(f"No photo has a readable face ({reasons}).")
    kept = [pictures[number] for number in crops]
    return ExtractedFaces(
        _labelled(kept, list(crops.values())), [p.path for p in kept], dict(unread)
    )


def _largest_face(side: int, picture: LabelledPhoto) -> tuple[NDArray[np.uint8], str]:
    """Returns the aligned crop, and the reason if it is unreadable."""
    photo = read_reduced(picture.path).pixels
    faces = find_faces(photo)[:1]
    if not faces:
        return np.empty(0, np.uint8), "no face"
    crop = align_faces(gray(photo), faces, side)[0]
    return crop, Quality.measure(faces[0], crop).problem


def _labelled(pictures: list[LabelledPhoto], crops: list[NDArray[np.uint8]]) -> LabelledFaces:
    labels = np.array([picture.label for picture in pictures], np.int64)
    return LabelledFaces(np.stack(crops), labels, np.array([p.split for p in pictures]))
