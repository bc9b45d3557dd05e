"""Precomputed sentence embeddings of lyrics, looked up by text digest."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from .npz_arrays import arrays_of

_MAX_BYTES = 2_000_000_000


def text_digest(text: str) -> str:
    """Returns the lookup key of a text: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Embeddings:
    """Embeddings from an .npz file with `digests` (N,) of texts and `vectors` (N, D).

    Raises DataError if the file is invalid or the shapes do not match.
    """

    def __init__(self, path: Path) -> None:
        try:
            arrays = arrays_of(path, ("digests", "vectors"), _MAX_BYTES)
            digests, vectors = arrays["digests"], arrays["vectors"].astype(np.float32)
        except Exception as error:  # a damaged archive can raise almost anything
            raise DataError(
                f"{path} isn't a valid embeddings file ({error}). Create it with "
                "runs/embed_lyrics.py."
            ) from None
        if vectors.ndim != 2 or digests.shape != vectors.shape[:1] or not len(vectors):
            raise DataError(
                f"{path} has digests of shape {digests.shape} for vectors of shape "
                f"{vectors.shape}. Create it again with runs/embed_lyrics.py."
            )
        if not np.isfinite(vectors).all():
            raise DataError(
                f"{path} has vectors that aren't finite. Create it again with runs/embed_lyrics.py."
            )
        self.path = path
        self._rows = {str(name): row for row, name in enumerate(digests)}
        self._vectors = vectors

    def vectors_for(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Returns standardized vectors (texts, D); zeros, the mean, for an unknown text.

        Raises DataError if no text has an embedding.
        """
        spread = np.maximum(self._vectors.std(0), 1e-3)
        standardized = (self._vectors - self._vectors.mean(0)) / spread
        rows = [self._rows.get(text_digest(text), -1) for text in texts]
        exists = np.array([row >= 0 for row in rows])
        if not exists.any():
            raise DataError(
                f"{self.path} contains embeddings of other lyrics. Create them for these tables "
                "with runs/embed_lyrics.py."
            )
        return np.where(exists[:, None], standardized[rows], 0).astype(np.float32)
