"""Reads the lyrics of all songs once without each source of listeners, for listener_agreement.py.

    python runs/leave_one_source_out.py OUT.npz --unlabelled corpus.parquet --data TABLE[,TABLE…] …

For each source, the word teacher of orpheus (`musicalface.train.teachers`) learns from the
other sources, from no song of the source and from no song of their artists. OUT.npz has the
`song_key` of each song as `keys` (N,) and its log-probabilities (N, 4) under the name of the
source that was left out, and under `none` those of a teacher that learns from all. Takes five
minutes of one core.
"""

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from musicalface.annotations import AnnotationSource, artist_of
from musicalface.lyrics.vocabulary import tokenize
from musicalface.models.probabilities import log_softmax
from musicalface.train import logistic_regression, teachers
from musicalface.train.lyrics_corpus import LyricsCorpus, read_corpus
from musicalface.train.lyrics_distillation import _held_out_artists, _vocabulary


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("out", type=Path)
    options.add_argument("--unlabelled", type=Path, action="append", required=True)
    options.add_argument("--data", action="append", required=True)
    given = options.parse_args()
    groups = [[Path(name) for name in group.split(",")] for group in given.data]
    corpus = read_corpus(groups, given.unlabelled)
    readings = {"none": log_probabilities(corpus, corpus)}
    for source in corpus.sources:
        readings[source.name] = log_probabilities(_without(corpus, source), corpus)
        arrays: dict[str, Any] = {"keys": np.array(corpus.keys), **readings}
        np.savez(given.out, **arrays)
        print(f"without {source.name}: read", flush=True)


def log_probabilities(learnt: LyricsCorpus, read: LyricsCorpus) -> NDArray[np.float32]:
    """Returns log-probabilities (songs, 4) of the corpus `read` by a teacher of `learnt`."""
    texts, songs = list(learnt.texts.values()), teachers.labelled_songs(learnt)
    held_out = _held_out_artists(learnt, songs)
    is_held_out = np.array([artist_of(key) in held_out for key in learnt.keys])
    vocabulary = _vocabulary([t for t, out in zip(texts, is_held_out, strict=True) if not out])
    counts = CountVectorizer(analyzer=tokenize, vocabulary=list(vocabulary.words))
    weigh = TfidfTransformer(sublinear_tf=True)
    features = weigh.fit_transform(counts.transform(texts))
    chosen = is_held_out[songs.rows]
    weights = teachers._fit_best(
        features, songs.select(~chosen), songs.select(chosen), teachers._WORD_STRENGTHS
    )
    all_texts = weigh.transform(counts.transform(read.texts.values()))
    return log_softmax(logistic_regression.scores(all_texts, weights)).astype(np.float32)


def _without(corpus: LyricsCorpus, source: AnnotationSource) -> LyricsCorpus:
    labelled = source.labels_beyond(0)
    artists = {artist_of(key) for key in corpus.keys if key in labelled}
    return corpus.without_source(source).exclude_artists(artists)


if __name__ == "__main__":
    main()
