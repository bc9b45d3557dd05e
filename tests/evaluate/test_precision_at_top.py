import numpy as np
import pytest

from musicalface.evaluate.precision_at_top import LyricsEvaluation, precision_at_top
from musicalface.mood import Mood


def test_precision_at_top() -> None:
    confidence = np.linspace(0.5, 0.99, 20, dtype=np.float32)
    others = (1 - confidence) / 3
    probabilities = np.column_stack([confidence, others, others, others]).astype(np.float32)
    labels = np.where(np.arange(20) >= 18, 0, 1)  # the two most confident are angry
    assert precision_at_top(probabilities, labels, 0.1)[Mood.ANGRY] == 1
    assert precision_at_top(probabilities, labels, 0.25)[Mood.ANGRY] == pytest.approx(0.4)
    assert precision_at_top(probabilities, labels, 0.001)[Mood.ANGRY] == 1  # at least one song
    assert precision_at_top(probabilities, labels, 0.1)[Mood.SAD] is None
    # No song has this mood, so its precision is undefined.
    assert precision_at_top(probabilities[:, [1, 0, 2, 3]], labels + 2, 0.1)[Mood.HAPPY] is None
    trial = LyricsEvaluation.of("made up", probabilities, labels)
    assert trial.report.accuracy == pytest.approx(0.1)
    assert trial.tenth[Mood.ANGRY] == 1
