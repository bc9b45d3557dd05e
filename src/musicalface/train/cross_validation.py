"""Cross-validation of lyrics models: by annotation source, or by folds of artists."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..annotations import AnnotationSource, artist_of, fuse
from ..errors import DataError
from ..evaluate.labelled_lyrics import folds_by_artist
from ..evaluate.precision_at_top import FAR_SUFFIX, LyricsEvaluation
from ..models.probabilities import softmax
from ..mood import MOODS, Mood
from .lyrics_corpus import LyricsCorpus

PredictMoods = Callable[[list[str]], NDArray[np.float32]]
TrainModel = Callable[[LyricsCorpus, Path], PredictMoods]
"""Trains on a corpus in a folder; returns a function from texts to probabilities (texts, 4)."""


def leave_one_source_out(
    corpus: LyricsCorpus, train: TrainModel, out: Path
) -> Iterator[LyricsEvaluation]:
    """Evaluates each source with a model trained on the others, without its songs' artists.

    A valence-arousal point counts as its quadrant. Points far from the origin are also
    evaluated separately.
    """
    for source in corpus.sources:
        truth = source.labels_beyond(0)
        measured = [key for key in corpus.keys if key in truth]
        if measured:
            rest = corpus.without_source(source).exclude_artists(
                {artist_of(key) for key in measured}
            )
            predict = train(rest, out / f"without-{source.name}")
            yield _evaluate(source.name, corpus, truth, measured, predict)
            far = [key for key in measured if key in source.labels]
            if 0 < len(far) < len(measured):
                yield _evaluate(source.name + FAR_SUFFIX, corpus, truth, far, predict)


def by_folds(
    corpus: LyricsCorpus, train: TrainModel, out: Path, folds: int, seed: int
) -> Iterator[LyricsEvaluation]:
    """Evaluates each fold of the artists with a model trained on the other folds.

    A song's label is the fusion of all sources. Songs without a probable mood are left out.
    Raises DataError if there are too few artists.
    """
    truth = _fused_labels(corpus.sources)
    keys = [key for key in corpus.keys if key in truth]
    parts = folds_by_artist(tuple(map(artist_of, keys)), folds, seed)
    if not all(map(len, parts)):
        raise DataError(f"There are too few artists for {folds} folds. Choose fewer folds.")
    for number, part in enumerate(parts, start=1):
        measured = [keys[place] for place in part]
        rest = corpus.exclude_artists({artist_of(key) for key in measured})
        name = f"fold {number} of {folds}"
        yield _evaluate(name, corpus, truth, measured, train(rest, out / f"fold{number}of{folds}"))


def _fused_labels(sources: tuple[AnnotationSource, ...]) -> dict[str, Mood]:
    sure = {key: softmax(logs) for key, logs in fuse(sources).items()}
    return {
        key: MOODS[probabilities.argmax()]
        for key, probabilities in sure.items()
        if probabilities.max() >= 0.5
    }


def _evaluate(
    name: str,
    corpus: LyricsCorpus,
    truth: Mapping[str, Mood],
    measured: list[str],
    predict: PredictMoods,
) -> LyricsEvaluation:
    labels = np.array([MOODS.index(truth[key]) for key in measured], np.int64)
    probabilities = predict([corpus.texts[key] for key in measured])
    return LyricsEvaluation.of(name, probabilities, labels)
