"""Training again and again without what is then measured on: other artists, other listeners."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from ..evaluate.labelled_lyrics import folds_by_artist
from ..evaluate.surest import FAR, Trial
from ..listeners import Source, heard
from ..models.probabilities import softmax
from ..mood import MOODS, Mood
from .songbook import Songbook, artist_of

Reader = Callable[[list[str]], NDArray[np.float32]]
Learn = Callable[[Songbook, Path], Reader]
"""From a songbook and a folder to what reads texts: probabilities (texts, 4)."""


def leave_one_source_out(book: Songbook, learn: Learn, out: Path) -> Iterator[Trial]:
    """Measure on each source what is learnt from the others, without its songs' artists.

    A point on the plane counts as its quadrant; far from the origin also by itself.
    """
    for source in book.sources:
        words = source.words(0)
        measured = [key for key in book.keys if key in words]
        if measured:
            rest = book.unheard(source).without({artist_of(key) for key in measured})
            read = learn(rest, out / f"without-{source.name}")
            yield _trial(source.name, book, words, measured, read)
            far = [key for key in measured if key in source.said]
            if 0 < len(far) < len(measured):
                yield _trial(source.name + FAR, book, words, far, read)


def by_folds(book: Songbook, learn: Learn, out: Path, folds: int, seed: int) -> Iterator[Trial]:
    """Measure on each fold of the artists what is learnt from the others.

    The truth about a song is what all sources together say, where it is sure.
    """
    words = _together(book.sources)
    keys = [key for key in book.keys if key in words]
    parts = folds_by_artist(tuple(map(artist_of, keys)), folds, seed)
    if not all(map(len, parts)):
        raise DataError(f"There are too few artists for {folds} folds: take fewer.")
    for number, part in enumerate(parts, start=1):
        measured = [keys[place] for place in part]
        rest = book.without({artist_of(key) for key in measured})
        name = f"fold {number} of {folds}"
        yield _trial(name, book, words, measured, learn(rest, out / f"fold{number}of{folds}"))


def _together(sources: tuple[Source, ...]) -> dict[str, Mood]:
    sure = {key: softmax(logs) for key, logs in heard(sources).items()}
    return {key: MOODS[said.argmax()] for key, said in sure.items() if said.max() >= 0.5}


def _trial(
    name: str, book: Songbook, words: Mapping[str, Mood], measured: list[str], read: Reader
) -> Trial:
    labels = np.array([MOODS.index(words[key]) for key in measured], np.int64)
    probabilities = read([book.texts[key] for key in measured])
    return Trial.of(name, probabilities, labels)
