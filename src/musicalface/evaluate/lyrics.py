"""Measure a lyrics model on songs whose mood is known."""

from collections.abc import Callable

import numpy as np

from ..lyrics.read import mood_probabilities
from ..models import load
from .labelled_lyrics import LabelledLyrics
from .surest import Trial

_BATCH = 256
Progress = Callable[[int, float], None]


def evaluate_lyrics(
    name: str,
    songs: LabelledLyrics,
    model: str | None = None,
    progress: Progress = lambda more, share: None,
) -> Trial:
    """Figures of a model on songs, all and the surest; for the rest see `evaluate_faces`."""
    network = load(model, "lyrics")
    parts = []
    for start in range(0, len(songs.labels), _BATCH):
        parts.append(mood_probabilities(songs.texts[start : start + _BATCH], network))
        progress(len(parts[-1]), min(1.0, (start + _BATCH) / len(songs.labels)))
    return Trial.of(name, np.concatenate(parts), songs.labels)
