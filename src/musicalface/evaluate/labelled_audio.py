"""Labelled sound files: a folder of MOOD/clips."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from ..files import sha256
from ..mood import MOODS
from .labelled_lyrics import Indices


@dataclass(frozen=True)
class LabelledClips:
    """N sound files: labels (N,) int64 in 0..3 in the order of MOODS, and artists."""

    paths: tuple[Path, ...]
    labels: NDArray[np.int64]
    artists: tuple[str, ...]

    def take(self, indices: Indices) -> "LabelledClips":
        """Returns the clips with these indices."""
        return LabelledClips(
            tuple(self.paths[i] for i in indices),
            self.labels[indices],
            tuple(self.artists[i] for i in indices),
        )

    @property
    def sha256(self) -> str:
        """SHA-256 of the contents and labels, independent of the file names."""
        contents = sorted(
            f"{sha256(path)} {MOODS[label]}"
            for path, label in zip(self.paths, self.labels, strict=True)
        )
        return hashlib.sha256("\n".join(contents).encode()).hexdigest()


def read_labelled_clips(folder: Path) -> LabelledClips:
    """Finds MOOD/ARTIST_TITLE.EXT, MOOD/ARTIST - TITLE.EXT or MOOD/ARTIST/TITLE.EXT, sorted.

    Skips other folders and hidden files. Raises DataError if a mood has no file.
    """
    found = [
        (path, label, _artist(path.relative_to(folder / mood)))
        for label, mood in enumerate(MOODS)
        for path in sorted((folder / mood).rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    ]
    missing = [mood for at, mood in enumerate(MOODS) if all(label != at for _, label, _ in found)]
    if missing:
        raise DataError(
            f"{folder} has no files in {', '.join(missing)}. Add a folder of clips for each mood."
        )
    paths, labels, artists = zip(*found, strict=True)
    return LabelledClips(paths, np.array(labels, np.int64), artists)


def _artist(inside: Path) -> str:
    """Returns the folder below the mood, or the part of the name before " - " or "_"."""
    if len(inside.parts) > 1:
        return inside.parts[0].casefold()
    between = " - " if " - " in inside.stem else "_"
    return inside.stem.split(between)[0].strip().casefold()
