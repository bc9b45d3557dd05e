"""Words as the 2018 system counted them (Keras' Tokenizer), and their numbers."""

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


def words_of(text: str) -> list[str]:
    """Lower-case words; punctuation separates, apostrophes stay."""
    return text.lower().translate(_SEPARATORS).split()


@dataclass(frozen=True)
class Vocabulary:
    """The most frequent words, numbered from 1 by falling frequency; 0 is padding."""

    words: tuple[str, ...]

    @classmethod
    def fit(cls, texts: Iterable[str], indices: int) -> "Vocabulary":
        """The `indices` - 1 most frequent words; of equals, the first met."""
        counts = Counter(word for text in texts for word in words_of(text))
        return cls(tuple(word for word, _ in counts.most_common(indices - 1)))

    @classmethod
    def shared(cls, texts: Iterable[str], most: int, fewest: int) -> "Vocabulary":
        """At most `most` words, each of at least `fewest` texts, those of the most texts first."""
        counts = Counter(word for text in texts for word in dict.fromkeys(words_of(text)))
        return cls(tuple(word for word, count in counts.most_common(most) if count >= fewest))

    @cached_property
    def number(self) -> dict[str, int]:
        """Each word's number, from 1."""
        return {word: i for i, word in enumerate(self.words, start=1)}

    def encode(self, texts: Sequence[str], length: int) -> NDArray[np.int64]:
        """Word numbers (texts, length): unknown words dropped, padded and cut at the front."""
        number = self.number
        rows = np.full((len(texts), length), PADDING, np.int64)
        for row, text in zip(rows, texts, strict=True):
            known = [number[word] for word in words_of(text) if word in number][-length:]
            row[length - len(known) :] = known
        return rows

    def __str__(self) -> str:
        return "\n".join(self.words)

    @classmethod
    def parse(cls, text: str) -> "Vocabulary":
        """From what `str` gave: a word a line. The same text gives the same vocabulary."""
        return _parsed(text)


@lru_cache(maxsize=4)
def _parsed(text: str) -> Vocabulary:
    return Vocabulary(tuple(text.split("\n")))
