"""Reading lyrics: four mood probabilities from a song's words."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from ..models import Model, load
from ..models.probabilities import log_softmax, softmax
from ..mood import MOODS, MoodScores
from .bag import BAG, bags
from .english import is_english, is_long_enough
from .words import Vocabulary

_BATCH = 256


def read_lyrics(texts: Sequence[str], model: str | None = None) -> list[MoodScores | None]:
    """Calibrated mood probabilities of each text; None where it is not scored.

    English texts of at least 20 words are scored. `model` is a shipped model's
    name or an .onnx file with its card beside it; None is the default. Raises
    InputError and ModelError (see `models.load`).
    """
    network = load(model, "lyrics")
    scored = [i for i, text in enumerate(texts) if is_long_enough(text) and is_english(text)]
    moods: list[MoodScores | None] = [None] * len(texts)
    chosen = [texts[i] for i in scored]
    for i, probabilities in zip(scored, mood_probabilities(chosen, network), strict=True):
        moods[i] = MoodScores.of(probabilities)
    return moods


def mood_probabilities(texts: Sequence[str], network: Model) -> NDArray[np.float32]:
    """Probabilities (texts, 4) in the order of MOODS, whatever the language.

    Raises ModelError as `log_probabilities` does.
    """
    return softmax(_logits(texts, network))


def log_probabilities(texts: Sequence[str], network: Model) -> NDArray[np.float32]:
    """Log-probabilities (texts, 4) in the order of MOODS, whatever the language.

    Raises ModelError when the model carries no vocabulary, or has other labels.
    """
    return log_softmax(_logits(texts, network))


def _logits(texts: Sequence[str], network: Model) -> NDArray[np.float32]:
    if network.card.labels != MOODS:
        raise ModelError(f"The model {network.card.name} does not read {', '.join(MOODS)}.")
    parts = [network.logits(batch) for batch in _batches(texts, network)]
    return np.concatenate(parts) if parts else np.empty((0, len(MOODS)), np.float32)


def _batches(texts: Sequence[str], network: Model) -> Iterator[NDArray[np.int64]]:
    try:
        encode = _encoder(network.metadata)
    except (KeyError, ValueError):
        raise ModelError(
            f"The model {network.card.name} carries no vocabulary: train it again."
        ) from None
    for start in range(0, len(texts), _BATCH):
        yield encode(texts[start : start + _BATCH])


def _encoder(metadata: dict[str, str]) -> Callable[[Sequence[str]], NDArray[np.int64]]:
    """As the model counts words: in their order up to a length, or as a bag."""
    vocabulary = Vocabulary.parse(metadata["vocabulary"])
    if metadata["length"] == BAG:
        return partial(bags, vocabulary)
    length = int(metadata["length"])
    if length < 1:
        raise ValueError
    return partial(vocabulary.encode, length=length)
