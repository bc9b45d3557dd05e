import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageEnhance

from musicalface.face import MoodTracker
from musicalface.mood import Mood

Photo = NDArray[np.uint8]


@pytest.mark.parametrize("rate", [2, 5, 15])
def test_smile_is_happy_in_under_two_seconds(portrait: Photo, rate: int) -> None:
    tracker = MoodTracker()
    for number in range(2 * rate):
        result = tracker.update(portrait, number / rate)
    assert result.state.mood is Mood.HAPPY
    assert list(result.readings) == [1]


def test_mood_disappears_in_the_dark_and_returns(portrait: Photo) -> None:
    tracker = MoodTracker()
    for number in range(20):
        tracker.update(portrait, number / 5)
    for number in range(20, 30):
        result = tracker.update(np.zeros_like(portrait), number / 5)
    assert result.readings == {}
    assert result.state.mood is None
    assert result.state.scores is None
    for number in range(30, 40):
        result = tracker.update(portrait, number / 5)
    assert result.state.mood is Mood.HAPPY


def test_dark_face_does_not_affect_the_mood(portrait: Photo) -> None:
    dark = np.asarray(ImageEnhance.Brightness(Image.fromarray(portrait)).enhance(0.025))
    tracker = MoodTracker()
    for number in range(20):
        result = tracker.update(portrait, number / 10)
    assert result.state.mood is Mood.HAPPY
    for number in range(20, 60):
        result = tracker.update(dark, number / 10)
        assert [r.quality.problem for r in result.readings.values()] == ["too dark"]
    assert result.state.mood is None


def test_frame_size_may_change(portrait: Photo) -> None:
    tracker = MoodTracker()
    small = np.asarray(Image.fromarray(portrait).resize((300, 300)))
    for number in range(30):
        result = tracker.update(portrait if number % 10 < 7 else small, number / 10)
    assert result.state.mood is Mood.HAPPY
