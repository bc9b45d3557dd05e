"""Labelled 48x48 faces: Kaggle's fer2013.csv, or folders of pictures by split and class."""

import csv
import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from ..face.photo import PICTURE_SUFFIXES, read_photo
from ..face.pixels import SIDE, gray, resize
from ..mood import EXPRESSIONS

_COLUMNS = ("emotion", "pixels", "Usage")
_FOLDER_NAMES = {str(e): i for i, e in enumerate(EXPRESSIONS)} | {
    str(i): i for i in range(len(EXPRESSIONS))
}


@dataclass(frozen=True)
class LabelledFaces:
    """N faces: pixels (N, 48, 48) uint8, labels (N,) int64 in 0..6, splits (N,) of str."""

    pixels: NDArray[np.uint8]
    labels: NDArray[np.int64]
    splits: NDArray[np.str_]

    def split(self, name: str) -> "LabelledFaces":
        """The faces of one split; raises DataError when there are none."""
        chosen = self.splits == name
        if not chosen.any():
            known = ", ".join(self.split_names)
            raise DataError(f"The data has no split '{name}': it has {known}.")
        return LabelledFaces(self.pixels[chosen], self.labels[chosen], self.splits[chosen])

    def without(self, others: "LabelledFaces") -> "LabelledFaces":
        """The faces whose pixels do not stand among the others'."""
        known = {face.tobytes() for face in others.pixels}
        kept = np.array([face.tobytes() not in known for face in self.pixels])
        return LabelledFaces(self.pixels[kept], self.labels[kept], self.splits[kept])

    @property
    def split_names(self) -> list[str]:
        """In the order in which they first occur."""
        return list(dict.fromkeys(self.splits.tolist()))

    @property
    def sha256(self) -> str:
        """Of pixels, labels and splits in their order, whatever file held them."""
        digest = hashlib.sha256(self.pixels.tobytes())
        digest.update(self.labels.tobytes())
        digest.update("\n".join(self.splits.tolist()).encode())
        return digest.hexdigest()


def read_labelled_faces(path: Path) -> LabelledFaces:
    """Read a csv with the columns emotion, pixels and Usage, or folders SPLIT/CLASS/picture.

    Class folders are numbers 0 to 6 or expression names. Raises DataError, which
    names the file and the row, for anything that does not fit.
    """
    if path.is_dir():
        return _collect(_rows_of_folders(path), path)
    if path.is_file():
        return _collect(_rows_of_csv(path), path)
    raise DataError(f"There is no file or folder {path}.")


Row = tuple[NDArray[np.uint8], int, str]


def _collect(rows: Iterable[Row], path: Path) -> LabelledFaces:
    found = list(rows)
    if not found:
        raise DataError(f"{path} holds no labelled face.")
    pixels, labels, splits = zip(*found, strict=True)
    return LabelledFaces(np.stack(pixels), np.array(labels, np.int64), np.array(splits))


def _rows_of_csv(path: Path) -> Iterator[Row]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
        table = csv.DictReader(file)
        missing = [name for name in _COLUMNS if name not in (table.fieldnames or ())]
        if missing:
            raise DataError(
                f"{path} has no column {', '.join(missing)}: it needs {', '.join(_COLUMNS)}."
            )
        for row in table:
            try:
                if None in row.values():
                    raise ValueError("the row is too short")
                yield _pixels(row["pixels"]), _label(row["emotion"]), row["Usage"].strip()
            except ValueError as error:
                raise DataError(f"{path}, line {table.line_num}: {error}.") from None


def _pixels(text: str) -> NDArray[np.uint8]:
    values = np.frombuffer(bytes(map(int, text.split())), np.uint8)
    if values.size != SIDE * SIDE:
        raise ValueError(f"{values.size} pixels where {SIDE * SIDE} belong")
    return values.reshape(SIDE, SIDE)


def _label(text: str) -> int:
    if text.strip() not in tuple("0123456"):
        raise ValueError(f"the label {text!r} is not 0 to 6")
    return int(text)


def _rows_of_folders(root: Path) -> Iterator[Row]:
    for folder in sorted(p for p in root.glob("*/*") if p.is_dir()):
        if folder.name.lower() not in _FOLDER_NAMES:
            known = ", ".join(EXPRESSIONS)
            raise DataError(f"{folder} is no known class: name folders 0 to 6, or {known}.")
        for picture in sorted(folder.iterdir()):
            if picture.suffix.lower() in PICTURE_SUFFIXES:
                face = resize(gray(read_photo(picture)), SIDE, SIDE)
                yield (
                    face,
                    _FOLDER_NAMES[folder.name.lower()],
                    folder.parent.name,
                )
