import numpy as np

from musicalface.evaluate.fer_plus_votes import CHOICES, clear_majority, not_a_face, shares
from musicalface.mood import EXPRESSIONS

HAPPY, NEUTRAL = 3, 6


def votes(**counts: int) -> list[int]:
    return [counts.get(name, 0) for name in CHOICES]


VOTES = np.array(
    [
        votes(happiness=6, neutral=4),
        votes(happiness=5, neutral=5),
        votes(contempt=6, neutral=4),
        votes(NF=5, happiness=5),
        votes(NF=10),
    ],
    np.uint8,
)


def test_shares_are_of_the_seven_expressions() -> None:
    read = shares(VOTES)
    assert read.shape == (5, len(EXPRESSIONS))
    assert read[0, HAPPY] == np.float32(0.6)
    assert read[2, NEUTRAL] == 1
    assert not read[4].any()


def test_a_majority_is_more_than_half_of_all_taggers() -> None:
    assert clear_majority(VOTES).tolist() == [HAPPY, -1, -1, -1, -1]


def test_not_a_face_needs_half_of_the_votes() -> None:
    assert not_a_face(VOTES).tolist() == [False, False, False, True, True]
