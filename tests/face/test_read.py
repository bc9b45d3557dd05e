import numpy as np
import pytest
from numpy.typing import NDArray

from musicalface.face import read_faces
from musicalface.face.read import expressions
from musicalface.mood import EXPRESSIONS, Mood


def test_the_portrait_reads_happy(portrait: NDArray[np.uint8]) -> None:
    (reading,) = read_faces(portrait)
    assert list(reading.expressions) == list(EXPRESSIONS)
    assert sum(reading.expressions.values()) == pytest.approx(1, abs=1e-4)
    assert max(reading.expressions, key=lambda name: reading.expressions[name]) == "happy"
    assert reading.moods.mood is Mood.HAPPY
    assert reading.moods.sure


def test_a_batch_reads_as_its_faces_one_by_one() -> None:
    crops = np.random.default_rng(1).integers(0, 256, (5, 48, 48)).astype(np.uint8)
    together = expressions(crops)
    alone = np.concatenate([expressions(crop[None]) for crop in crops])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_no_face_gives_no_reading() -> None:
    assert read_faces(np.zeros((200, 200, 3), np.uint8)) == []
    assert expressions(np.empty((0, 48, 48), np.uint8)).shape == (0, 7)
