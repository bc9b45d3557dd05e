"""Labelled lyrics: songs with words and one of the four moods, and their splits."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from ..lyrics.english import is_long_enough
from ..lyrics.tables import read_songs
from ..mood import MOODS

Indices = NDArray[np.intp]


@dataclass(frozen=True)
class LabelledLyrics:
    """N songs: words, labels (N,) int64 in 0..3 in the order of MOODS, and artists."""

    texts: tuple[str, ...]
    labels: NDArray[np.int64]
    artists: tuple[str, ...]

    def take(self, indices: Indices) -> "LabelledLyrics":
        """The songs of these indices."""
        return LabelledLyrics(
            tuple(self.texts[i] for i in indices),
            self.labels[indices],
            tuple(self.artists[i] for i in indices),
        )

    @property
    def sha256(self) -> str:
        """Of words and labels in their order, whatever file held them."""
        digest = hashlib.sha256("\0".join(self.texts).encode())
        digest.update(self.labels.tobytes())
        return digest.hexdigest()


def read_labelled_lyrics(path: Path) -> LabelledLyrics:
    """Read a csv or parquet with artist, title, lyrics and mood.

    Rows without a mood, with fewer than 20 words or marked as in conflict are left
    out. Raises DataError when the table does not fit or nothing is left.
    """
    rows = [
        row
        for row in read_songs(path, ("artist", "title", "lyrics", "mood"))
        if row.mood and not row.conflict and is_long_enough(row.lyrics)
    ]
    if not rows:
        raise DataError(f"{path} holds no song with a mood and at least 20 words.")
    labels = [MOODS.index(row.mood) for row in rows if row.mood]
    return LabelledLyrics(
        tuple(row.lyrics for row in rows),
        np.array(labels, np.int64),
        tuple(row.artist.casefold() for row in rows),
    )


SONGS_OF_2018 = 2061  # 1,648 to train on and 413 to validate on


def split_of_2018(count: int, seed: int) -> dict[str, Indices]:
    """The 2018 sizes: four fifths of 2,061 songs to train on, one to validate on, the rest aside.

    Where there are fewer songs, a seventh is set aside (Test).
    """
    order = np.random.default_rng(seed).permutation(count)
    kept, aside = np.split(order, [min(SONGS_OF_2018, count * 6 // 7)])
    training, validation = np.split(kept, [len(kept) * 4 // 5])
    return {"Training": training, "Validation": validation, "Test": aside}


def folds_by_artist(artists: tuple[str, ...], folds: int, seed: int) -> list[Indices]:
    """Indices of each fold; no artist stands in two, and folds are of like size."""
    names, artist_of = np.unique(np.array(artists), return_inverse=True)
    sizes = np.bincount(artist_of)
    order = np.random.default_rng(seed).permutation(len(names))
    fold_of, filled = np.empty(len(names), int), np.zeros(folds, int)
    for artist in order[np.argsort(-sizes[order], kind="stable")]:
        fold_of[artist] = filled.argmin()
        filled[fold_of[artist]] += sizes[artist]
    return [np.flatnonzero(fold_of[artist_of] == fold) for fold in range(folds)]
