"""Evaluation of a lyrics model on labelled songs."""

from collections.abc import Callable

import numpy as np

from ..lyrics.mood_classifier import mood_probabilities
from ..models import load
from .labelled_lyrics import LabelledLyrics
from .precision_at_top import LyricsEvaluation

_BATCH = 256
Progress = Callable[[int, float], None]


def evaluate_lyrics(
    name: str,
    songs: LabelledLyrics,
    model: str | None = None,
    progress: Progress = lambda more, share: None,
) -> LyricsEvaluation:
    """Returns the metrics of a model on songs: all, and the most confident ones.

    `progress` receives the number of songs read since the last call, and the share of all
    songs read so far, 0 to 1. Raises InputError and ModelError (see `models.load`).
    """
    network = load(model, "lyrics")
    parts = []
    for start in range(0, len(songs.labels), _BATCH):
        parts.append(mood_probabilities(songs.texts[start : start + _BATCH], network))
        progress(len(parts[-1]), min(1.0, (start + _BATCH) / len(songs.labels)))
    return LyricsEvaluation.of(name, np.concatenate(parts), songs.labels)
