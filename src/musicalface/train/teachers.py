"""Teachers of orpheus: logistic regressions on what listeners said, whose readings it learns.

Listeners spoke of few songs with words, so that the songs of an artist whom they
know speak too, more quietly, with what was said of the artist's others.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from ..errors import DataError
from ..evaluate.embeddings import Embeddings
from ..listeners import Verdicts, heard
from ..lyrics.words import Vocabulary, words_of
from ..models.probabilities import log_softmax, softmax
from ..mood import MOODS
from . import logistic
from .songbook import Songbook, artist_of

Probabilities = NDArray[np.float64]

ARTIST_WEIGHT = 0.3
"""What a song that listeners did not speak of weighs, by its artist's others."""

_DOUBT = 1.0  # songs of no mood, added to an artist's
_SHARPER = 2.0  # a teacher learns more of what was plain
_PLAIN = 0.6  # a source alone is right in two of three
_WORD_STRENGTHS = (0.3, 1.0, 3.0, 10.0, 30.0)
_SENTENCE_STRENGTHS = (3e-4, 1e-3, 1e-2)


@dataclass(frozen=True)
class Lesson:
    """Which songs teach, by their place among the keys, and how much each speaks for each mood."""

    places: NDArray[np.intp]  # (N,)
    shares: Probabilities  # (N, 4)
    labels: NDArray[np.int64]  # (N,) what listeners plainly said; -1: nothing

    def part(self, chosen: NDArray[np.bool_]) -> "Lesson":
        """Of some songs."""
        return Lesson(self.places[chosen], self.shares[chosen], self.labels[chosen])


@dataclass(frozen=True)
class Taught:
    """What the teachers say."""

    readings: Probabilities  # (texts, 4)
    words: logistic.Weights  # (words + 1, 4): the word teacher's share of the logits, bias last
    idf: NDArray[np.float32]  # (words + 1,): the weight of each word by its number; padding's is 0


def lesson(book: Songbook) -> Lesson:
    """What listeners said of the songs, and of their artists' others; moods weigh alike.

    Raises DataError when no song is plainly of one of the moods.
    """
    logs = heard(book.sources)
    verdicts = {key: softmax(_SHARPER * said).astype(float) for key, said in logs.items()}
    voices = _voices(verdicts)
    shares = {
        place: verdicts[key] if key in verdicts else ARTIST_WEIGHT * voices[artist_of(key)]
        for place, key in enumerate(book.keys)
        if key in verdicts or artist_of(key) in voices
    }
    table = np.array(list(shares.values())).reshape(-1, len(MOODS))
    missing = [mood for at, mood in enumerate(MOODS) if not (table.argmax(1) == at).any()]
    if missing:
        raise DataError(f"Of no song with words is the mood {' or '.join(missing)}.")
    balanced = table / table.sum(0) * table.sum() / len(MOODS)
    labels = [_plain(logs.get(book.keys[place])) for place in shares]
    return Lesson(np.array(list(shares), np.intp), balanced, np.array(labels, np.int64))


def taught(
    texts: Sequence[str],
    vocabulary: Vocabulary,
    embeddings: Embeddings | None,
    learnt: Lesson,
    asked: Lesson,
) -> Taught:
    """What the teachers together read of every text: the mean of their logits.

    They learn one lesson; the other chooses how much each is held back.
    """
    words, idf = tf_idf(vocabulary, texts)
    features = [words]
    weights = [_learnt(features[0], learnt, asked, _WORD_STRENGTHS)]
    if embeddings:
        features.append(embeddings.of(texts))
        weights.append(_learnt(features[1], learnt, asked, _SENTENCE_STRENGTHS))
    logits = [logistic.scores(x, w) for x, w in zip(features, weights, strict=True)]
    readings = softmax(np.mean(logits, axis=0)).astype(float)
    return Taught(readings, weights[0] / len(weights), idf)


def tf_idf(vocabulary: Vocabulary, texts: Sequence[str]) -> tuple[Any, NDArray[np.float32]]:
    """A sparse matrix (texts, words), rows of length 1, and the words' weights, as `Taught.idf`."""
    counts = CountVectorizer(analyzer=words_of, vocabulary=list(vocabulary.words))
    weigh = TfidfTransformer(sublinear_tf=True)
    features = weigh.fit_transform(counts.transform(texts))
    return features, np.concatenate([[0], weigh.idf_]).astype(np.float32)


def _plain(logs: Probabilities | None) -> int:
    said = None if logs is None else softmax(logs)
    return -1 if said is None or said.max() < _PLAIN else int(said.argmax())


def _voices(verdicts: Verdicts) -> Mapping[str, Probabilities]:
    """What was said of each artist's songs together."""
    said: dict[str, list[Probabilities]] = defaultdict(list)
    for key, probabilities in verdicts.items():
        said[artist_of(key)].append(probabilities)
    return {
        artist: (np.sum(each, 0) + _DOUBT / len(MOODS)) / (len(each) + _DOUBT)
        for artist, each in said.items()
    }


def _learnt(
    features: Any, learnt: Lesson, asked: Lesson, strengths: Sequence[float]
) -> logistic.Weights:
    """By the strength that reads the songs asked about best."""
    weights = np.zeros((features.shape[1] + 1, len(MOODS)))
    tried = []
    for strength in strengths:
        weights = logistic.fit(features[learnt.places], learnt.shares, strength, weights)
        tried.append(weights)
    return max(tried, key=lambda weights: _agreement(features, weights, asked))


def _agreement(features: Any, weights: logistic.Weights, asked: Lesson) -> float:
    read = log_softmax(logistic.scores(features[asked.places], weights))
    return float((asked.shares * read).sum())
