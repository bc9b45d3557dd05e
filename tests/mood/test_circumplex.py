import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicalface.errors import UnknownMoodError
from musicalface.mood import EXPRESSIONS, MOOD_OF, MOODS, Expression, Mood, MoodScores


def one_hot(expression: Expression) -> np.ndarray:
    return np.array([e is expression for e in EXPRESSIONS], np.float32)


@pytest.mark.parametrize(
    ("expression", "mood"),
    [
        ("angry", "angry"),
        ("disgust", "angry"),
        ("fear", "sad"),
        ("happy", "happy"),
        ("sad", "sad"),
        ("surprise", "relaxed"),
        ("neutral", "relaxed"),
    ],
)
def test_expression_to_mood_map(expression: str, mood: str) -> None:
    scores = MoodScores.from_expressions(one_hot(Expression(expression)))
    assert scores.mood == mood
    assert scores.as_dict()[mood] == 1
    assert scores.sure


def test_probabilities_are_summed_before_argmax() -> None:
    # Happy is the most likely expression, but fear and sadness together are more likely.
    p = np.array([0, 0, 0.3, 0.4, 0.3, 0, 0], np.float32)
    scores = MoodScores.from_expressions(p)
    assert scores.mood is Mood.SAD
    assert scores.sad == pytest.approx(0.6)


@given(st.lists(st.floats(0.001, 1), min_size=7, max_size=7))
def test_mood_probabilities_sum_to_one(weights: list[float]) -> None:
    p = np.array(weights, np.float32) / np.float32(sum(weights))
    scores = MoodScores.from_expressions(p).as_dict()
    assert sum(scores.values()) == pytest.approx(1, abs=1e-5)
    for mood in MOODS:
        members = [p[i] for i, e in enumerate(EXPRESSIONS) if MOOD_OF[e] is mood]
        assert scores[mood] == pytest.approx(sum(members), abs=1e-5)


@pytest.mark.parametrize(
    ("scores", "sure"),
    [
        ((0.9, 0.05, 0.03, 0.02), True),
        ((0.49, 0.2, 0.2, 0.11), False),
        ((0.54, 0.44, 0.01, 0.01), False),
    ],
)
def test_sure_needs_half_and_a_margin(scores: tuple[float, ...], sure: bool) -> None:
    assert MoodScores.of(scores).sure is sure


@pytest.mark.parametrize("mood", MOODS)
def test_mood_lies_in_its_quadrant(mood: Mood) -> None:
    scores = MoodScores(**{name.value: float(name is mood) for name in MOODS})
    assert (scores.valence, scores.arousal) == mood.corner


def test_parse_mood_in_any_case() -> None:
    assert Mood.parse(" Happy ") is Mood.HAPPY


def test_unknown_mood_lists_the_four() -> None:
    with pytest.raises(UnknownMoodError, match="angry, happy, relaxed, sad"):
        Mood.parse("bored")
