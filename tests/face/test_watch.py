import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageEnhance

from musicalface.face import Watcher
from musicalface.mood import Mood

Photo = NDArray[np.uint8]


@pytest.mark.parametrize("rate", [2, 5, 15])
def test_a_film_of_a_smile_is_happy_in_under_two_seconds(portrait: Photo, rate: int) -> None:
    watcher = Watcher()
    for number in range(2 * rate):
        sight = watcher.update(portrait, number / rate)
    assert sight.state.mood is Mood.HAPPY
    assert list(sight.readings) == [1]


def test_when_the_light_goes_out_there_is_no_mood_and_it_comes_back(portrait: Photo) -> None:
    watcher = Watcher()
    for number in range(20):
        watcher.update(portrait, number / 5)
    for number in range(20, 30):
        sight = watcher.update(np.zeros_like(portrait), number / 5)
    assert sight.readings == {}
    assert sight.state.mood is None
    assert sight.state.scores is None
    for number in range(30, 40):
        sight = watcher.update(portrait, number / 5)
    assert sight.state.mood is Mood.HAPPY


def test_a_face_in_the_dark_has_no_say(portrait: Photo) -> None:
    dark = np.asarray(ImageEnhance.Brightness(Image.fromarray(portrait)).enhance(0.025))
    watcher = Watcher()
    for number in range(20):
        sight = watcher.update(portrait, number / 10)
    assert sight.state.mood is Mood.HAPPY
    for number in range(20, 60):
        sight = watcher.update(dark, number / 10)
        assert [r.quality.problem for r in sight.readings.values()] == ["too dark"]
    assert sight.state.mood is None


def test_a_stream_that_changes_its_size(portrait: Photo) -> None:
    watcher = Watcher()
    small = np.asarray(Image.fromarray(portrait).resize((300, 300)))
    for number in range(30):
        sight = watcher.update(portrait if number % 10 < 7 else small, number / 10)
    assert sight.state.mood is Mood.HAPPY
