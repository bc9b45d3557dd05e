"""Labelled pictures in folders: SPLIT/CLASS/picture, or CLASS/picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..errors import DataError
from ..face.photo import is_photo, read_photo
from ..face.pixels import SIDE, gray, resize
from ..mood import EXPRESSIONS
from .labelled_faces import LabelledFaces, split_name

WHOLE = "all"
"""The one split of folders that name none."""

_CLASSES = {str(e): i for i, e in enumerate(EXPRESSIONS)} | {
    str(i): i for i in range(len(EXPRESSIONS))
}


@dataclass(frozen=True)
class Labelled:
    """A picture, its class 0..6, and its split."""

    path: Path
    label: int
    split: str


def pictures_in_folders(root: Path) -> list[Labelled]:
    """All pictures in class folders, in the order of their names; hidden ones are left out.

    Raises DataError for a folder whose name is no class, and when there is no picture.
    """
    classes = any(folder.name.lower() in _CLASSES for folder in _folders(root))
    found = list(_of_classes(root, WHOLE) if classes else _of_splits(root))
    if not found:
        raise DataError(
            f"{root} holds no labelled face: pictures lie in folders CLASS or SPLIT/CLASS, "
            f"and a class is 0 to 6 or {', '.join(EXPRESSIONS)}."
        )
    return found


def faces_of_folders(root: Path) -> LabelledFaces:
    """Faces that are cropped already, each picture made 48x48 gray."""
    pictures = pictures_in_folders(root)
    pixels = [resize(gray(read_photo(picture.path)), SIDE, SIDE) for picture in pictures]
    labels = np.array([picture.label for picture in pictures], np.int64)
    return LabelledFaces(np.stack(pixels), labels, np.array([p.split for p in pictures]))


def _of_splits(root: Path) -> Iterator[Labelled]:
    for folder in _folders(root):
        try:
            yield from _of_classes(folder, split_name(folder.name))
        except ValueError as error:
            raise DataError(f"{root}: {error}.") from None


def _of_classes(root: Path, split: str) -> Iterator[Labelled]:
    for folder in _folders(root):
        if folder.name.lower() not in _CLASSES:
            known = ", ".join(EXPRESSIONS)
            raise DataError(f"{folder} is no known class: name folders 0 to 6, or {known}.")
        for path in sorted(folder.iterdir()):
            if is_photo(path):
                yield Labelled(path, _CLASSES[folder.name.lower()], split)


def _folders(root: Path) -> list[Path]:
    return sorted(p for p in root.iterdir() if p.is_dir() and not p.name.startswith("."))
