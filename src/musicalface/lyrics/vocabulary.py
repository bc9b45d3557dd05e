"""Tokenizer and vocabulary, compatible with Keras' Tokenizer in the 2018 system."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

_SEPARATORS = str.maketrans(dict.fromkeys('!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n\r', " ")) | {
    ord("’"): "'"
}
PADDING = 0


def tokenize(text: str) -> list[str]:
    """Splits a text into lower-case words at punctuation; keeps apostrophes."""
    return text.lower().translate(_SEPARATORS).split()


@dataclass(frozen=True)
class Vocabulary:
    """The most frequent words, numbered from 1 in descending frequency; 0 is padding."""

    words: tuple[str, ...]

    @classmethod
    def fit(cls, texts: Iterable[str], indices: int) -> "Vocabulary":
        """Builds it from the `indices` - 1 most frequent words; ties keep their order."""
        counts = Counter(word for text in texts for word in tokenize(text))
        return cls(tuple(word for word, _ in counts.most_common(indices - 1)))

    @classmethod
    def from_document_counts(cls, texts: Iterable[str], size: int, min_count: int) -> "Vocabulary":
        """Builds it from at most `size` words that occur in `min_count` texts or more.

        Words that occur in more texts come first.
        """
        counts = Counter(word for text in texts for word in dict.fromkeys(tokenize(text)))
        return cls(tuple(word for word, count in counts.most_common(size) if count >= min_count))

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each word, from 1."""
        return {word: i for i, word in enumerate(self.words, start=1)}

    def encode(self, texts: Sequence[str], length: int) -> NDArray[np.int64]:
        """Returns word numbers (texts, length): without unknown words, padded and cut in front."""
        number = self.number
        rows = np.full((len(texts), length), PADDING, np.int64)
        for row, text in zip(rows, texts, strict=True):
            known = [number[word] for word in tokenize(text) if word in number][-length:]
            row[length - len(known) :] = known
        return rows

    def __str__(self) -> str:
        return "\n".join(self.words)

    @classmethod
    def parse(cls, text: str) -> "Vocabulary":
        """Parses the output of `str`: one word per line. Caches the result."""
        return _parse(text)


@lru_cache(maxsize=4)
def _parse(text: str) -> Vocabulary:
    return Vocabulary(tuple(text.split("\n")))
