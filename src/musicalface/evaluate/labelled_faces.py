"""Labelled 48x48 faces, from Kaggle's fer2013.csv, an .npz of arrays, or folders of pictures."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from .votes import Votes

LONGEST_NAME = 60


@dataclass(frozen=True)
class LabelledFaces:
    """N faces, their labels, and the votes of ten taggers where they are known.

    pixels (N, 48, 48) uint8, labels (N,) int64 in 0..6, splits (N,) of str, votes
    (N, 10) uint8.
    """

    pixels: NDArray[np.uint8]
    labels: NDArray[np.int64]
    splits: NDArray[np.str_]
    votes: Votes | None = None

    def take(self, chosen: NDArray[np.bool_]) -> "LabelledFaces":
        """The faces for which `chosen` (N,) is true."""
        votes = None if self.votes is None else self.votes[chosen]
        return LabelledFaces(self.pixels[chosen], self.labels[chosen], self.splits[chosen], votes)

    def split(self, name: str) -> "LabelledFaces":
        """The faces of one split; raises DataError when there are none."""
        chosen = self.splits == name
        if not chosen.any():
            known = ", ".join(self.split_names)
            raise DataError(f"The data has no split '{name}': it has {known}.")
        return self.take(chosen)

    def among(self, others: "LabelledFaces") -> NDArray[np.bool_]:
        """Which faces (N,) have the pixels of one of the others."""
        known = {face.tobytes() for face in others.pixels}
        return np.array([face.tobytes() in known for face in self.pixels], bool)

    @property
    def blank(self) -> NDArray[np.bool_]:
        """Which pictures (N,) are of one shade."""
        return np.asarray(self.pixels.min((1, 2)) == self.pixels.max((1, 2)))

    @property
    def split_names(self) -> list[str]:
        """In the order in which they first occur."""
        return list(dict.fromkeys(self.splits.tolist()))

    @property
    def sha256(self) -> str:
        """Of pixels, labels, splits and votes in their order, whatever file held them."""
        digest = hashlib.sha256(self.pixels.tobytes())
        digest.update(self.labels.tobytes())
        digest.update("\n".join(self.splits.tolist()).encode())
        if self.votes is not None:
            digest.update(self.votes.tobytes())
        return digest.hexdigest()


def read_labelled_faces(path: Path, votes: Path | None = None) -> LabelledFaces:
    """Read faces and labels; `votes` is Microsoft's fer2013new.csv, row by row the same faces.

    `path` is a csv with the columns emotion, pixels and Usage, an .npz with pixels,
    label and usage (and votes), or folders SPLIT/CLASS/picture or CLASS/picture,
    where a class is a number 0 to 6 or an expression's name. Raises DataError,
    which names the file and the row, for anything that does not fit.
    """
    from .face_folders import faces_of_folders
    from .face_tables import faces_of_csv, faces_of_npz, votes_of_csv

    read: Callable[[Path], LabelledFaces]
    if path.is_dir():
        read = faces_of_folders
    elif path.exists():
        read = faces_of_npz if path.suffix.lower() == ".npz" else faces_of_csv
    else:
        raise DataError(f"There is no file or folder {path}.")
    if votes and path.is_dir():
        raise DataError(f"{votes} has votes row by row, and folders have no rows: name a table.")
    faces = read(path)
    if not len(faces.labels):
        raise DataError(f"{path} holds no labelled face.")
    if votes is None:
        return faces
    told = votes_of_csv(votes, faces.splits.tolist())
    return LabelledFaces(faces.pixels, faces.labels, faces.splits, told)


def split_name(text: str) -> str:
    """The name of a split, which becomes a line on a terminal and the name of a plot's file.

    Raises ValueError for what could not be either.
    """
    name = text.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or set(name) & set("/\\:"):
        raise ValueError(f"{name[:LONGEST_NAME]!r} is no name for a split")
    return name
