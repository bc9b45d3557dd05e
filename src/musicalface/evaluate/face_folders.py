"""Labelled pictures in folders: SPLIT/CLASS/picture, or CLASS/picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..errors import DataError
from ..face.photo import PICTURE_SUFFIXES, read_photo
from ..face.pixels import SIDE, gray, resize
from ..mood import EXPRESSIONS
from .labelled_faces import LabelledFaces

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
    """All pictures below class folders, in the order of their names.

    Raises DataError for a folder whose name is no class, and when there is no picture.
    """
    found = list(_of_classes(root, WHOLE) if _holds_classes(root) else _of_splits(root))
    if not found:
        raise DataError(f"{root} holds no labelled face.")
    return found


def faces_of_folders(root: Path) -> LabelledFaces:
    """Faces that are cropped already, each picture made 48x48 gray."""
    pictures = pictures_in_folders(root)
    pixels = [resize(gray(read_photo(picture.path)), SIDE, SIDE) for picture in pictures]
    labels = np.array([picture.label for picture in pictures], np.int64)
    return LabelledFaces(np.stack(pixels), labels, np.array([p.split for p in pictures]))


def _holds_classes(root: Path) -> bool:
    """Whether the pictures lie in the folders of `root` themselves."""
    return any(path.suffix.lower() in PICTURE_SUFFIXES for path in root.glob("*/*"))


def _of_splits(root: Path) -> Iterator[Labelled]:
    for split in _folders(root):
        yield from _of_classes(split, split.name)


def _of_classes(root: Path, split: str) -> Iterator[Labelled]:
    for folder in _folders(root):
        if folder.name.lower() not in _CLASSES:
            known = ", ".join(EXPRESSIONS)
            raise DataError(f"{folder} is no known class: name folders 0 to 6, or {known}.")
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() in PICTURE_SUFFIXES:
                yield Labelled(path, _CLASSES[folder.name.lower()], split)


def _folders(root: Path) -> list[Path]:
    return sorted(path for path in root.iterdir() if path.is_dir())
