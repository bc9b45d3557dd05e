"""The figure to beat: TF-IDF and logistic regression, learnt from the labels as they are.

    python runs/lyrics_baseline.py SOURCE… [--folds 5]

Each SOURCE is a table of what listeners said, with lyrics; tables with a comma
between count as one. Leave-one-source-out, or artist-grouped folds.
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from musicalface.cli.figures import trial_lines
from musicalface.lyrics.words import words_of
from musicalface.mood import MOODS
from musicalface.train.songbook import Songbook, read_songbook
from musicalface.train.trials import Reader, by_folds, leave_one_source_out


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("sources", nargs="+")
    options.add_argument("--folds", type=int)
    given = options.parse_args()
    voices = [[Path(name) for name in voice.split(",")] for voice in given.sources]
    book, nowhere = read_songbook(voices, []), Path()
    trials = (
        by_folds(book, learn, nowhere, given.folds, seed=1)
        if given.folds
        else leave_one_source_out(book, learn, nowhere)
    )
    for line in trial_lines(trials):
        print(line, flush=True)


def learn(book: Songbook, _out: Path) -> Reader:
    labels = {
        key: MOODS.index(mood)
        for source in reversed(book.sources)
        for key, mood in source.words(0).items()
    }
    known = [key for key in book.keys if key in labels]
    model = make_pipeline(
        TfidfVectorizer(analyzer=words_of, sublinear_tf=True, min_df=2),
        LogisticRegression(C=10, max_iter=1000),
    ).fit([book.texts[key] for key in known], [labels[key] for key in known])

    def read(texts: list[str]) -> NDArray[np.float32]:
        return np.asarray(model.predict_proba(texts), np.float32)

    return read


if __name__ == "__main__":
    main()
