"""Sentence embeddings of lyrics, made once and kept: text in, vector out."""

import hashlib
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError

_NO_ARRAYS = (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, zlib.error)


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
        except _NO_ARRAYS as error:
            raise DataError(f"{path} holds no embeddings ({error}).") from None
        if vectors.ndim != 2 or digests.shape != vectors.shape[:1] or not len(vectors):
            raise DataError(f"{path} has {digests.shape} digests for {vectors.shape} vectors.")
        if not np.isfinite(vectors).all():
            raise DataError(f"{path} has vectors that are not finite.")
        self.path = path
        self._place = {str(name): place for place, name in enumerate(digests)}
        self._vectors = vectors

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors (texts, D), standardised; the mean (zeros) where a text has none.

        Raises DataError when none of the texts has one.
        """
        spread = np.maximum(self._vectors.std(0), 1e-3)
        standard = (self._vectors - self._vectors.mean(0)) / spread
        places = [self._place.get(digest(text), -1) for text in texts]
        found = np.array([place >= 0 for place in places])
        if not found.any():
            raise DataError(f"{self.path} holds embeddings of other lyrics.")
        return np.where(found[:, None], standard[places], 0).astype(np.float32)
