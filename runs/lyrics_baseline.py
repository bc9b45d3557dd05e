"""Lyrics baseline: TF-IDF and logistic regression, trained on the original labels.

    python runs/lyrics_baseline.py SOURCE… [--folds 5]

Each SOURCE is a table of listeners' labels with lyrics; tables separated by commas count
as one source. Leave-one-source-out, or folds grouped by artist.
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from musicalface.cli.metrics_report import evaluation_lines
from musicalface.lyrics.vocabulary import tokenize
from musicalface.mood import MOODS
from musicalface.train.cross_validation import PredictMoods, by_folds, leave_one_source_out
from musicalface.train.lyrics_corpus import LyricsCorpus, read_corpus


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("sources", nargs="+")
    options.add_argument("--folds", type=int)
    arguments = options.parse_args()
    groups = [[Path(name) for name in group.split(",")] for group in arguments.sources]
    corpus, unused = read_corpus(groups, []), Path()
    trials = (
        by_folds(corpus, train, unused, arguments.folds, seed=1)
        if arguments.folds
        else leave_one_source_out(corpus, train, unused)
    )
    for line in evaluation_lines(trials):
        print(line, flush=True)


def train(corpus: LyricsCorpus, _out: Path) -> PredictMoods:
    labels = {
        key: MOODS.index(mood)
        for source in reversed(corpus.sources)
        for key, mood in source.labels_beyond(0).items()
    }
    labelled = [key for key in corpus.keys if key in labels]
    model = make_pipeline(
        TfidfVectorizer(analyzer=tokenize, sublinear_tf=True, min_df=2),
        LogisticRegression(C=10, max_iter=1000),
    ).fit([corpus.texts[key] for key in labelled], [labels[key] for key in labelled])

    def predict(texts: list[str]) -> NDArray[np.float32]:
        return np.asarray(model.predict_proba(texts), np.float32)

    return predict


if __name__ == "__main__":
    main()
