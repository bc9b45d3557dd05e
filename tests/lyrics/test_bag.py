import numpy as np

from musicalface.lyrics.bag import MOST_WORDS, bags
from musicalface.lyrics.words import Vocabulary


def test_numbers_and_counts_in_the_order_of_the_song() -> None:
    vocabulary = Vocabulary(("the", "sun", "moon"))
    bag = bags(vocabulary, ["Sun, sun and the sun", "", "moon"])
    assert bag.dtype == np.int64
    assert bag.tolist() == [[[2, 1], [3, 1]], [[0, 0], [0, 0]], [[3, 0], [1, 0]]]
    assert bags(vocabulary, []).shape == (0, 2, 1)


def test_a_song_of_a_million_words_is_cut() -> None:
    words = tuple(f"w{i}" for i in range(1000))
    assert bags(Vocabulary(words), [" ".join(words * 1000)]).shape == (1, 2, MOST_WORDS)


def test_a_vocabulary_of_shared_words() -> None:
    texts = ["a a a b", "b c", "c b d"]
    assert Vocabulary.shared(texts, 10, fewest=2).words == ("b", "c")
    assert Vocabulary.shared(texts, 1, fewest=1).words == ("b",)
