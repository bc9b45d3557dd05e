"""A song as a bag of words: which words it has, and how often each."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .words import PADDING, Vocabulary, words_of

BAG = "bag"
"""What a model that reads bags has in place of a length."""

MOST_WORDS = 384
"""Different words of one song; what comes after them is left out."""


def bags(vocabulary: Vocabulary, texts: Sequence[str]) -> NDArray[np.int64]:
    """Word numbers and counts (texts, 2, words), in the order of the song, padded with zeros.

    `words` is what the longest of the texts needs, at least 1 and at most MOST_WORDS.
    """
    rows = [_bag(vocabulary, text) for text in texts]
    longest = max(map(len, rows), default=0)
    bag = np.full((len(texts), 2, max(longest, 1)), PADDING, np.int64)
    for row, pairs in zip(bag, rows, strict=True):
        if pairs:
            row[:, : len(pairs)] = np.transpose(pairs)
    return bag


def _bag(vocabulary: Vocabulary, text: str) -> list[tuple[int, int]]:
    number = vocabulary.number
    counts = Counter(words_of(text))
    return [(number[word], count) for word, count in counts.items() if word in number][:MOST_WORDS]
