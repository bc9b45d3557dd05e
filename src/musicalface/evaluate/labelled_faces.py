"""Labelled 48x48 faces and the names of their splits."""

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from .fer_plus_votes import Votes

MAX_NAME_LENGTH = 60

WHOLE = "all"
"""The split of data without splits."""

_SPLITS = {
    "Training": ("training", "train"),
    "PublicTest": ("publictest", "val", "valid", "validation"),
    "PrivateTest": ("privatetest", "test", "testing"),
}
_SPLIT_OF = {alias: split for split, aliases in _SPLITS.items() for alias in aliases}


@dataclass(frozen=True)
class LabelledFaces:
    """N faces, their labels and splits, and optionally the votes of ten taggers.

    pixels (N, S, S) uint8, labels (N,) int64 in 0..6, splits (N,) of str, votes
    (N, 10) uint8.
    """

    pixels: NDArray[np.uint8]
    labels: NDArray[np.int64]
    splits: NDArray[np.str_]
    votes: Votes | None = None

    def take(self, chosen: NDArray[np.bool_]) -> "LabelledFaces":
        """The faces where `chosen` (N,) is true."""
        votes = None if self.votes is None else self.votes[chosen]
        return LabelledFaces(self.pixels[chosen], self.labels[chosen], self.splits[chosen], votes)

    def split(self, name: str) -> "LabelledFaces":
        """The faces of one split; raises DataError if there are none."""
        chosen = self.splits == known_split(name)
        if not chosen.any():
            known = ", ".join(self.split_names)
            raise DataError(f"The data has no split '{name}': it has {known}.")
        return self.take(chosen)

    def duplicates_of(self, others: "LabelledFaces") -> NDArray[np.bool_]:
        """True (N,) for each face with the same pixels as one of the others."""
        known = {face.tobytes() for face in others.pixels}
        return np.array([face.tobytes() in known for face in self.pixels], bool)

    @property
    def blank(self) -> NDArray[np.bool_]:
        """True (N,) for each picture of one shade."""
        return np.asarray(self.pixels.min((1, 2)) == self.pixels.max((1, 2)))

    @property
    def split_names(self) -> list[str]:
        """The splits in the order of their first face."""
        return list(dict.fromkeys(self.splits.tolist()))

    @property
    def sha256(self) -> str:
        """The checksum of pixels, labels, splits and votes in order, independent of the file."""
        digest = hashlib.sha256(self.pixels.tobytes())
        digest.update(self.labels.tobytes())
        digest.update("\n".join(self.splits.tolist()).encode())
        if self.votes is not None:
            digest.update(self.votes.tobytes())
        return digest.hexdigest()


def known_split(name: str) -> str:
    """FER2013's split name for train, val, validation or test in any case; else `name`."""
    return _SPLIT_OF.get(name.lower(), name)


def split_name(text: str) -> str:
    """A valid split name for terminal output and for file names of plots.

    Raises ValueError if the name is empty, too long or not printable, or has path separators.
    """
    name = text.strip()
    if not name or len(name) > MAX_NAME_LENGTH or not name.isprintable() or set(name) & set("/\\:"):
        raise ValueError(f"{name[:MAX_NAME_LENGTH]!r} isn't a valid split name")
    return known_split(name)
