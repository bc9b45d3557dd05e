"""Sentence embeddings of lyrics, made once and kept: text in, vector out."""

import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError


def digest(text: str) -> str:
    """By what a text is found again: 16 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Embeddings:
    """The vectors (N, D) of an .npz with `digests` (N,) of texts and `vectors` (N, D).

    Raises DataError when the file is none, or the two do not fit.
    """

    def __init__(self, path: Path) -> None:
        try:
            with np.load(path, allow_pickle=False) as arrays:
                digests, vectors = arrays["digests"], arrays["vectors"].astype(np.float32)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise DataError(f"{path} holds no embeddings ({error}).") from None
        if vectors.ndim != 2 or digests.shape != vectors.shape[:1]:
            raise DataError(f"{path} has {digests.shape} digests for {vectors.shape} vectors.")
        self._place = {str(name): place for place, name in enumerate(digests)}
        self._vectors = vectors

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors (texts, D), standardised; the mean (zeros) where a text has none."""
        spread = np.maximum(self._vectors.std(0), 1e-3)
        standard = (self._vectors - self._vectors.mean(0)) / spread
        places = [self._place.get(digest(text), -1) for text in texts]
        found = np.array([place >= 0 for place in places])
        return np.where(found[:, None], standard[places], 0).astype(np.float32)
