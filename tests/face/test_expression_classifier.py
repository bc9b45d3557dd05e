import numpy as np
import pytest
from numpy.typing import NDArray

from musicalface.face import Face, Quality, Reading, deciding, read_faces
from musicalface.face.expression_classifier import expression_probabilities
from musicalface.mood import EXPRESSIONS, Mood, MoodScores


def test_the_portrait_reads_happy(portrait: NDArray[np.uint8]) -> None:
    (reading,) = read_faces(portrait)
    assert list(reading.expressions) == list(EXPRESSIONS)
    assert sum(reading.expressions.values()) == pytest.approx(1, abs=1e-4)
    assert max(reading.expressions, key=lambda name: reading.expressions[name]) == "happy"
    assert reading.moods.mood is Mood.HAPPY
    assert reading.moods.sure


def seen(score: float, problem: bool = False) -> Reading:
    """A reading of a face that the detector gives a score."""
    landmarks = ((10.0, 10.0), (30.0, 10.0), (20.0, 20.0), (12.0, 30.0), (28.0, 30.0))
    face = Face((0.0, 0.0, 40.0, 50.0), landmarks, score)
    quality = Quality(side=10.0 if problem else 100.0, light=200.0, contrast=50.0, turn=0.0)
    shares = np.full(7, 1 / 7, np.float32)
    moods = MoodScores.from_expressions(shares)
    return Reading(face, dict(zip(EXPRESSIONS, shares.tolist(), strict=True)), moods, quality, ())


@pytest.mark.parametrize(
    ("readings", "decides"),
    [
        ([seen(0.999), seen(0.999)], 0),
        ([seen(0.92), seen(0.999)], 1),  # a pattern that is larger than the face
        ([seen(0.999, problem=True), seen(0.92)], None),  # a pattern beside a face
        ([seen(0.999, problem=True), seen(0.999)], 1),
        ([seen(0.89)], 0),
        ([seen(0.92), seen(0.9)], 0),
        ([], None),
    ],
)
def test_which_face_decides(readings: list[Reading], decides: int | None) -> None:
    expected = None if decides is None else readings[decides]
    assert deciding(readings) is expected


def test_batch_equals_single_faces() -> None:
    crops = np.random.default_rng(1).integers(0, 256, (5, 48, 48)).astype(np.uint8)
    together = expression_probabilities(crops)
    alone = np.concatenate([expression_probabilities(crop[None]) for crop in crops])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_no_faces_give_no_readings() -> None:
    assert read_faces(np.zeros((200, 200, 3), np.uint8)) == []
    assert expression_probabilities(np.empty((0, 48, 48), np.uint8)).shape == (0, 7)
