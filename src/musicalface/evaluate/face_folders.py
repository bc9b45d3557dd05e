"""Reads labelled pictures from folders: SPLIT/CLASS/picture or CLASS/picture."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..errors import DataError
from ..face.image_ops import SIDE, gray, resize
from ..face.photo_reader import is_photo, read_reduced
from ..mood import EXPRESSIONS, Expression
from .labelled_faces import WHOLE, LabelledFaces, split_name

_NAMES = {
    Expression.ANGRY: ("angry", "anger"),
    Expression.DISGUST: ("disgust", "disgusted"),
    Expression.FEAR: ("fear", "fearful", "afraid"),
    Expression.HAPPY: ("happy", "happiness"),
    Expression.SAD: ("sad", "sadness"),
    Expression.SURPRISE: ("surprise", "surprised"),
    Expression.NEUTRAL: ("neutral",),
}
_CLASSES = {name: EXPRESSIONS.index(e) for e, names in _NAMES.items() for name in names} | {
    str(i): i for i in range(len(EXPRESSIONS))
}
_NUMBERED = re.compile(r"\d+[ _.-]+(?=\D)")  # the prefix of 3_happy is ignored


@dataclass(frozen=True)
class LabelledPhoto:
    """A picture's path, its class 0..6, and its split."""

    path: Path
    label: int
    split: str


def list_labelled_photos(root: Path) -> list[LabelledPhoto]:
    """All pictures in class folders, sorted by name; without hidden folders.

    Raises DataError if a folder's name is not a class, or if there is no picture.
    """
    classes = any(_class(folder) is not None for folder in _folders(root))
    found = list(_photos_by_class(root, WHOLE) if classes else _photos_by_split(root))
    if not found:
        raise DataError(
            f"{root} contains no labelled faces. Put pictures into folders CLASS or "
            f"SPLIT/CLASS, where a class is 0 to 6 or {', '.join(EXPRESSIONS)}."
        )
    return found


def read_face_folders(root: Path) -> LabelledFaces:
    """Reads cropped faces as 48x48 gray."""
    pictures = list_labelled_photos(root)
    pixels = [resize(gray(read_reduced(picture.path).pixels), SIDE, SIDE) for picture in pictures]
    labels = np.array([picture.label for picture in pictures], np.int64)
    return LabelledFaces(np.stack(pixels), labels, np.array([p.split for p in pictures]))


def _photos_by_split(root: Path) -> Iterator[LabelledPhoto]:
    for folder in _folders(root):
        try:
            yield from _photos_by_class(folder, split_name(folder.name))
        except ValueError as error:
            raise DataError(f"{root}: {error}.") from None


def _photos_by_class(root: Path, split: str) -> Iterator[LabelledPhoto]:
    for folder in _folders(root):
        label = _class(folder)
        if label is None:
            known = ", ".join(EXPRESSIONS)
            raise DataError(f"{folder} isn't a known class. Name folders 0 to 6, or {known}.")
        for path in sorted(folder.iterdir()):
            if is_photo(path):
                yield LabelledPhoto(path, label, split)


def _class(folder: Path) -> int | None:
    """The class (0..6) of a folder's name in common spellings; None if it is not a class."""
    return _CLASSES.get(_NUMBERED.sub("", folder.name.strip().lower()))


def _folders(root: Path) -> list[Path]:
    return sorted(p for p in root.iterdir() if p.is_dir() and not p.name.startswith("."))
