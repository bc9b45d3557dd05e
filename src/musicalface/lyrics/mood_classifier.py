"""Lyrics mood classifier: four mood probabilities from a song's lyrics."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from ..models import Model, load
from ..models.probabilities import log_softmax, softmax
from ..mood import MOODS, MoodScores
from .bag_of_words import BAG_LENGTH, bags_of_words
from .english_detection import can_be_scored
from .lyrics_cleaning import clean_lyrics
from .vocabulary import Vocabulary

MAX_WORDS = 10_000
"""Maximum input length of a network, in words."""

_BATCH = 256


def read_lyrics(texts: Sequence[str], model: str | None = None) -> list[MoodScores | None]:
    """Returns calibrated mood probabilities of each text; None if a text is not scored.

    Scores English texts of at least 20 words, after `clean_lyrics`. `model` is the name of a
    bundled model or an .onnx file with its card next to it; None is the default. Raises
    InputError and ModelError (see `models.load`).
    """
    network = load(model, "lyrics")
    cleaned = [clean_lyrics(text) for text in texts]
    scored = [i for i, text in enumerate(cleaned) if can_be_scored(text)]
    moods: list[MoodScores | None] = [None] * len(texts)
    chosen = [cleaned[i] for i in scored]
    for i, probabilities in zip(scored, mood_probabilities(chosen, network), strict=True):
        moods[i] = MoodScores.of(probabilities)
    return moods


def mood_probabilities(texts: Sequence[str], network: Model) -> NDArray[np.float32]:
    """Returns probabilities (texts, 4) in the order of MOODS, for any language.

    Raises ModelError like `log_probabilities`.
    """
    return softmax(_logits(texts, network))


def log_probabilities(texts: Sequence[str], network: Model) -> NDArray[np.float32]:
    """Returns log-probabilities (texts, 4) in the order of MOODS, for any language.

    Raises ModelError if the model has no vocabulary or has other labels.
    """
    return log_softmax(_logits(texts, network))


def _logits(texts: Sequence[str], network: Model) -> NDArray[np.float32]:
    if network.card.labels != MOODS:
        raise ModelError(
            f"The model {network.card.name} has other labels than {', '.join(MOODS)}. "
            "Choose a lyrics model."
        )
    parts = [network.logits(batch) for batch in _batches(texts, network)]
    return np.concatenate(parts) if parts else np.empty((0, len(MOODS)), np.float32)


def _batches(texts: Sequence[str], network: Model) -> Iterator[NDArray[np.int64]]:
    try:
        encode = _encoder(network.metadata)
    except (KeyError, ValueError):
        raise ModelError(
            f"The model {network.card.name} has no vocabulary. Train it again."
        ) from None
    for start in range(0, len(texts), _BATCH):
        yield encode(texts[start : start + _BATCH])


def _encoder(metadata: dict[str, str]) -> Callable[[Sequence[str]], NDArray[np.int64]]:
    """Returns the model's input encoding: a word sequence of fixed length, or a bag of words."""
    vocabulary = Vocabulary.parse(metadata["vocabulary"])
    if metadata["length"] == BAG_LENGTH:
        return partial(bags_of_words, vocabulary)
    length = int(metadata["length"])
    if not 1 <= length <= MAX_WORDS:
        raise ValueError
    return partial(vocabulary.encode, length=length)
