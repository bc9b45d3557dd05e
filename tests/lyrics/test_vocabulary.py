import numpy as np
import pytest

from musicalface.lyrics.english_detection import is_english, is_long_enough
from musicalface.lyrics.vocabulary import Vocabulary, tokenize


def test_punctuation_separates_and_apostrophes_stay() -> None:
    assert tokenize("Don't stop, (baby)!\nrock-n-roll") == [
        "don't",
        "stop",
        "baby",
        "rock",
        "n",
        "roll",
    ]


def test_curly_apostrophe() -> None:
    assert tokenize("don’t") == ["don't"]


def test_words_are_numbered_by_frequency_then_first_occurrence() -> None:
    vocabulary = Vocabulary.fit(["b a a c", "c d"], indices=4)
    assert vocabulary.words == ("a", "c", "b")


def test_550_indices_are_549_words_and_padding() -> None:
    text = " ".join(f"word{i}" for i in range(1000))
    assert len(Vocabulary.fit([text], indices=550).words) == 549


def test_padding_and_truncation_at_the_front() -> None:
    vocabulary = Vocabulary(("a", "b", "c"))
    rows = vocabulary.encode(["a unknown b", "a b c a b c"], length=4)
    np.testing.assert_array_equal(rows, [[0, 0, 1, 2], [3, 1, 2, 3]])


def test_unknown_words_give_padding() -> None:
    np.testing.assert_array_equal(Vocabulary(("a",)).encode([""], 3), [[0, 0, 0]])


def test_vocabulary_round_trip() -> None:
    vocabulary = Vocabulary(("a", "don't", "é"))
    assert Vocabulary.parse(str(vocabulary)) == vocabulary


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("I was walking down the road with my love and the sun was shining on us", True),
        ("Je me souviens de la rue où tu chantais sous la pluie avec moi", False),
        ("Ich gehe allein durch die Straßen und denke an dich in der Nacht", False),
        ("Camino solo por la calle y pienso en ti cada noche sin dormir", False),
        ("me gusta como me miras no me digas que no a mi me duele he de verte no no", False),
        ("was will der Mann in der Nacht so an die am Meer was hat er in der Hand", False),
        ("愛してる あなただけを いつまでも", False),
        ("", False),
    ],
)
def test_english_detection(text: str, english: bool) -> None:
    assert is_english(text) is english


def test_minimum_word_count() -> None:
    assert is_long_enough("la " * 20)
    assert not is_long_enough("la " * 19)
