import numpy as np
import pytest

from musicalface.evaluate.surest import Trial, precision_of_surest
from musicalface.mood import Mood


def test_precision_of_the_surest() -> None:
    sure = np.linspace(0.5, 0.99, 20, dtype=np.float32)
    probabilities = np.column_stack([sure, *[(1 - sure) / 3] * 3]).astype(np.float32)
    labels = np.where(np.arange(20) >= 18, 0, 1)  # the two surest are angry
    assert precision_of_surest(probabilities, labels, 0.1)[Mood.ANGRY] == 1
    assert precision_of_surest(probabilities, labels, 0.25)[Mood.ANGRY] == pytest.approx(0.4)
    assert precision_of_surest(probabilities, labels, 0.001)[Mood.ANGRY] == 1  # at least one song
    assert precision_of_surest(probabilities, labels, 0.1)[Mood.SAD] is None
    # A mood that no song is of cannot be read rightly, which says nothing of the reader.
    assert precision_of_surest(probabilities[:, [1, 0, 2, 3]], labels + 2, 0.1)[Mood.HAPPY] is None
    trial = Trial.of("made up", probabilities, labels)
    assert trial.report.accuracy == pytest.approx(0.1)
    assert trial.tenth[Mood.ANGRY] == 1
