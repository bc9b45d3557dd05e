"""Bag-of-words encoding of lyrics: word numbers and counts."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .vocabulary import PADDING, Vocabulary, tokenize

BAG_LENGTH = "bag"
"""The `length` metadata of a model whose input is a bag of words."""

MAX_WORDS = 384
"""Maximum number of distinct words per song; later words are ignored."""


def bags_of_words(vocabulary: Vocabulary, texts: Sequence[str]) -> NDArray[np.int64]:
    """Returns word numbers and counts (texts, 2, words) in order of occurrence, padded with zeros.

    `words` is the number of distinct known words of the longest text, 1 to MAX_WORDS.
    """
    rows = [_count_words(vocabulary, text) for text in texts]
    longest = max(map(len, rows), default=0)
    bag = np.full((len(texts), 2, max(longest, 1)), PADDING, np.int64)
    for row, pairs in zip(bag, rows, strict=True):
        if pairs:
            row[:, : len(pairs)] = np.transpose(pairs)
    return bag


def _count_words(vocabulary: Vocabulary, text: str) -> list[tuple[int, int]]:
    number = vocabulary.number
    counts = Counter(tokenize(text))
    return [(number[word], count) for word, count in counts.items() if word in number][:MAX_WORDS]
