"""Measure the whole way from photos, that nobody cropped, to expressions."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from ..face.align import aligned
from ..face.detect import find_faces
from ..face.photo import read_photo
from ..face.pixels import gray
from ..face.quality import Quality
from .face_folders import Labelled
from .labelled_faces import LabelledFaces

Progress = Callable[[int, float], None]


@dataclass(frozen=True)
class FoundFaces:
    """The largest face of each photo that has one which can be read, aligned.

    `paths` are the photos of `faces`, in their order; `unread` counts the others by
    the reason: no face, too small, too dark, turned too far.
    """

    faces: LabelledFaces
    paths: list[Path]
    unread: dict[str, int]


def found_faces(
    pictures: Sequence[Labelled], progress: Progress = lambda more, share: None
) -> FoundFaces:
    """Find and align the faces of photos (see `face_folders.pictures_in_folders`).

    Raises DataError when no photo has a face that can be read.
    """
    crops: dict[int, NDArray[np.uint8]] = {}
    unread: Counter[str] = Counter()
    for number, (crop, problem) in enumerate(map(_largest, pictures)):
        progress(1, (number + 1) / len(pictures))
        if problem:
            unread[problem] += 1
        else:
            crops[number] = crop
    if not crops:
        reasons = ", ".join(f"{problem}: {count}" for problem, count in unread.items())
        raise DataError(f"No photo has a face that can be read ({reasons}).")
    kept = [pictures[number] for number in crops]
    return FoundFaces(_labelled(kept, list(crops.values())), [p.path for p in kept], dict(unread))


def _largest(picture: Labelled) -> tuple[NDArray[np.uint8], str]:
    """The aligned crop, and why it cannot be read, if it cannot."""
    photo = read_photo(picture.path)
    faces = find_faces(photo)[:1]
    if not faces:
        return np.empty(0, np.uint8), "no face"
    crop = aligned(gray(photo), faces)[0]
    return crop, Quality.of(faces[0], crop).problem


def _labelled(pictures: list[Labelled], crops: list[NDArray[np.uint8]]) -> LabelledFaces:
    labels = np.array([picture.label for picture in pictures], np.int64)
    return LabelledFaces(np.stack(crops), labels, np.array([p.split for p in pictures]))
