import numpy as np

from musicalface.lyrics.bag_of_words import MAX_WORDS, bags_of_words
from musicalface.lyrics.vocabulary import Vocabulary


def test_word_numbers_and_counts() -> None:
    vocabulary = Vocabulary(("the", "sun", "moon"))
    bag = bags_of_words(vocabulary, ["Sun, sun and the sun", "", "moon"])
    assert bag.dtype == np.int64
    assert bag.tolist() == [[[2, 1], [3, 1]], [[0, 0], [0, 0]], [[3, 0], [1, 0]]]
    assert bags_of_words(vocabulary, []).shape == (0, 2, 1)


def test_very_long_lyrics_are_truncated() -> None:
    words = tuple(f"w{i}" for i in range(1000))
    assert bags_of_words(Vocabulary(words), [" ".join(words * 1000)]).shape == (1, 2, MAX_WORDS)


def test_vocabulary_from_document_counts() -> None:
    texts = ["a a a b", "b c", "c b d"]
    assert Vocabulary.from_document_counts(texts, 10, min_count=2).words == ("b", "c")
    assert Vocabulary.from_document_counts(texts, 1, min_count=1).words == ("b",)
