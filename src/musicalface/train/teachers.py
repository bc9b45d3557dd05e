"""Teachers of orpheus: logistic regressions on listeners' annotations.

Few songs with lyrics are annotated. Other songs of an annotated artist are therefore also
used, with the mean mood of the artist's annotated songs and a lower weight.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from ..annotations import artist_of, fuse
from ..annotations.listener_evidence import artist_means
from ..errors import DataError
from ..evaluate.embeddings import Embeddings
from ..lyrics.vocabulary import Vocabulary, tokenize
from ..models.probabilities import log_softmax, softmax
from ..mood import MOODS
from . import logistic_regression
from .lyrics_corpus import LyricsCorpus

Probabilities = NDArray[np.float64]

ARTIST_WEIGHT = 0.3
"""The weight of a song without annotations, whose mood is its artist's mean."""

_PSEUDO_COUNT = 1.0  # uniform songs added to each artist's
_SHARPENING = 2.0  # gives clear moods more weight
_CLEAR_SHARE = 0.6  # one source alone is right for two of three songs
_WORD_STRENGTHS = (0.3, 1.0, 3.0, 10.0, 30.0)
_SENTENCE_STRENGTHS = (3e-4, 1e-3, 1e-2)


@dataclass(frozen=True)
class LabelledSongs:
    """Songs for the teachers, by row of the corpus, with their weights for each mood."""

    rows: NDArray[np.intp]  # (N,)
    shares: Probabilities  # (N, 4)
    labels: NDArray[np.int64]  # (N,) the clear mood; -1 if there is none

    def select(self, chosen: NDArray[np.bool_]) -> "LabelledSongs":
        """The chosen songs."""
        return LabelledSongs(self.rows[chosen], self.shares[chosen], self.labels[chosen])


@dataclass(frozen=True)
class TeacherPredictions:
    """The teachers' predictions, and the weights of the word teacher."""

    probabilities: Probabilities  # (texts, 4)
    words: logistic_regression.Weights  # (words + 1, 4): scaled for the mean; the bias is last
    idf: NDArray[np.float32]  # (words + 1,): the weight of each word index; 0 for padding


def labelled_songs(corpus: LyricsCorpus) -> LabelledSongs:
    """Annotated songs and other songs of their artists, with balanced moods.

    Raises DataError if a mood has no song.
    """
    logs = fuse(corpus.sources)
    song_moods = {
        key: softmax(_SHARPENING * evidence).astype(float) for key, evidence in logs.items()
    }
    artist_moods = artist_means(song_moods, _PSEUDO_COUNT)
    shares = {
        place: song_moods[key]
        if key in song_moods
        else ARTIST_WEIGHT * artist_moods[artist_of(key)]
        for place, key in enumerate(corpus.keys)
        if key in song_moods or artist_of(key) in artist_moods
    }
    table = np.array(list(shares.values())).reshape(-1, len(MOODS))
    missing_moods = [mood for at, mood in enumerate(MOODS) if not (table.argmax(1) == at).any()]
    if missing_moods:
        raise DataError(
            f"No song with lyrics is {' or '.join(missing_moods)}. Add songs of each mood."
        )
    balanced = table / table.sum(0) * table.sum() / len(MOODS)
    labels = [_clear_label(logs.get(corpus.keys[place])) for place in shares]
    return LabelledSongs(np.array(list(shares), np.intp), balanced, np.array(labels, np.int64))


def train_teachers(
    texts: Sequence[str],
    vocabulary: Vocabulary,
    embeddings: Embeddings | None,
    training: LabelledSongs,
    validation: LabelledSongs,
) -> TeacherPredictions:
    """Predictions for every text: the mean of the teachers' logits.

    The teachers are fitted on `training`; `validation` chooses their regularisation.
    """
    words, idf = tf_idf(vocabulary, texts)
    features = [words]
    weights = [_fit_best(features[0], training, validation, _WORD_STRENGTHS)]
    if embeddings:
        features.append(embeddings.vectors_for(texts))
        weights.append(_fit_best(features[1], training, validation, _SENTENCE_STRENGTHS))
    logits = [logistic_regression.scores(x, w) for x, w in zip(features, weights, strict=True)]
    readings = softmax(np.mean(logits, axis=0)).astype(float)
    return TeacherPredictions(readings, weights[0] / len(weights), idf)


def tf_idf(vocabulary: Vocabulary, texts: Sequence[str]) -> tuple[Any, NDArray[np.float32]]:
    """Sparse tf-idf features (texts, words) with unit rows, and `TeacherPredictions.idf`."""
    counts = CountVectorizer(analyzer=tokenize, vocabulary=list(vocabulary.words))
    weigh = TfidfTransformer(sublinear_tf=True)
    features = weigh.fit_transform(counts.transform(texts))
    return features, np.concatenate([[0], weigh.idf_]).astype(np.float32)


def _clear_label(logs: Probabilities | None) -> int:
    probabilities = None if logs is None else softmax(logs)
    return (
        -1
        if probabilities is None or probabilities.max() < _CLEAR_SHARE
        else int(probabilities.argmax())
    )


def _fit_best(
    features: Any, training: LabelledSongs, validation: LabelledSongs, strengths: Sequence[float]
) -> logistic_regression.Weights:
    """Weights for the strength with the highest likelihood on the validation songs."""
    weights = np.zeros((features.shape[1] + 1, len(MOODS)))
    tried = []
    for strength in strengths:
        weights = logistic_regression.fit(
            features[training.rows], training.shares, strength, weights
        )
        tried.append(weights)
    return max(tried, key=lambda weights: _agreement(features, weights, validation))


def _agreement(
    features: Any, weights: logistic_regression.Weights, validation: LabelledSongs
) -> float:
    read = log_softmax(logistic_regression.scores(features[validation.rows], weights))
    return float((validation.shares * read).sum())
