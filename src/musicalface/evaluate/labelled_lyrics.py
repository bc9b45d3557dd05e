"""Labelled lyrics: songs with lyrics and one of the four moods, and their splits."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from ..lyrics.english_detection import is_long_enough
from ..lyrics.table_reader import held_songs
from ..mood import MOODS

Indices = NDArray[np.intp]


@dataclass(frozen=True)
class LabelledLyrics:
    """N songs: lyrics, labels (N,) int64 in 0..3 in the order of MOODS, and artists."""

    texts: tuple[str, ...]
    labels: NDArray[np.int64]
    artists: tuple[str, ...]

    def take(self, indices: Indices) -> "LabelledLyrics":
        """Returns the songs at the given indices."""
        return LabelledLyrics(
            tuple(self.texts[i] for i in indices),
            self.labels[indices],
            tuple(self.artists[i] for i in indices),
        )

    @property
    def sha256(self) -> str:
        """SHA-256 of the lyrics and labels in order, independent of the file format."""
        digest = hashlib.sha256("\0".join(self.texts).encode())
        digest.update(self.labels.tobytes())
        return digest.hexdigest()


def read_labelled_lyrics(path: Path) -> LabelledLyrics:
    """Reads a CSV or Parquet table with artist, title, lyrics and mood.

    Skips rows without a mood, with fewer than 20 words, or marked as conflicting. Raises
    DataError if the table is invalid or no row is left.
    """
    rows = [
        row
        for row in held_songs(path, ("artist", "title", "lyrics", "mood"))
        if row.mood and not row.conflict and is_long_enough(row.lyrics)
    ]
    if not rows:
        raise DataError(f"{path} contains no song with a mood and at least 20 words.")
    labels = [MOODS.index(row.mood) for row in rows if row.mood]
    return LabelledLyrics(
        tuple(row.lyrics for row in rows),
        np.array(labels, np.int64),
        tuple(row.artist.casefold() for row in rows),
    )


SONGS_OF_2018 = 2061  # 1,648 to train on and 413 to validate on


def split_of_2018(count: int, seed: int) -> dict[str, Indices]:
    """Returns the indices of a split with the sizes of 2018, by name.

    Of 2,061 songs, four fifths are Training and one fifth is Validation; the rest is Test.
    With fewer songs, a seventh is Test.
    """
    order = np.random.default_rng(seed).permutation(count)
    rest, test = np.split(order, [min(SONGS_OF_2018, count * 6 // 7)])
    training, validation = np.split(rest, [len(rest) * 4 // 5])
    return {"Training": training, "Validation": validation, "Test": test}


def folds_by_artist(artists: tuple[str, ...], folds: int, seed: int) -> list[Indices]:
    """Returns the indices of each fold; folds share no artist and are of similar size."""
    names, artist_of = np.unique(np.array(artists), return_inverse=True)
    sizes = np.bincount(artist_of)
    order = np.random.default_rng(seed).permutation(len(names))
    fold_of, filled = np.empty(len(names), int), np.zeros(folds, int)
    for artist in order[np.argsort(-sizes[order], kind="stable")]:
        fold_of[artist] = filled.argmin()
        filled[fold_of[artist]] += sizes[artist]
    return [np.flatnonzero(fold_of[artist_of] == fold) for fold in range(folds)]
