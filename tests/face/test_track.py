from collections import Counter

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from musicalface.face import Tracker, find_faces, track

Frame = NDArray[np.uint8]


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a whole frame was searched."""
    count: Counter[str] = Counter()

    def counted(frame: Frame) -> object:
        count["searches"] += 1
        return find_faces(frame)

    monkeypatch.setattr(track, "find_faces", counted)
    return count


def frame(portrait: Frame, *places: tuple[int, int], size: tuple[int, int] = (640, 480)) -> Frame:
    """A frame with the portrait at each place."""
    picture = Image.new("RGB", size, (90, 100, 110))
    for place in places:
        picture.paste(Image.fromarray(portrait).resize((300, 300)), place)
    return np.asarray(picture)


def test_a_moving_face_keeps_its_number_without_new_searches(
    portrait: Frame, searches: Counter[str]
) -> None:
    tracker = Tracker()
    for step in range(9):
        (seen,) = tracker.update(frame(portrait, (100 + 8 * step, 60 + 3 * step)), step * 0.1)
        assert seen.number == 1
        (found,) = find_faces(frame(portrait, (100 + 8 * step, 60 + 3 * step)))
        np.testing.assert_allclose(seen.face.landmarks, found.landmarks, atol=4)
    assert searches["searches"] == 1


def test_a_second_face_is_found_within_a_second(portrait: Frame) -> None:
    tracker = Tracker()
    tracker.update(frame(portrait, (0, 60)), 0)
    seen = [tracker.update(frame(portrait, (0, 60), (330, 60)), 0.1 * i) for i in range(1, 12)]
    assert [t.number for t in seen[0]] == [1]
    assert {t.number for t in seen[-1]} == {1, 2}


def test_a_lost_face_is_searched_for_at_once(portrait: Frame) -> None:
    tracker = Tracker()
    (before,) = tracker.update(frame(portrait, (0, 60)), 0)
    (after,) = tracker.update(frame(portrait, (330, 100)), 0.1)
    assert after.number != before.number
    assert after.face.box[0] > 400


@pytest.mark.parametrize("trouble", ["black", "white", "another size", "noise"])
def test_trouble_in_the_stream_gives_no_face_and_ends_by_itself(
    portrait: Frame, trouble: str
) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (480, 640, 3)).astype(np.uint8)
    bad = {
        "black": np.zeros((480, 640, 3), np.uint8),
        "white": np.full((480, 640, 3), 255, np.uint8),
        "another size": np.zeros((120, 160, 3), np.uint8),
        "noise": noise,
    }[trouble]
    tracker = Tracker()
    assert tracker.update(frame(portrait, (100, 60)), 0)
    assert tracker.update(bad, 0.1) == []
    assert tracker.update(bad, 0.2) == []
    assert tracker.update(frame(portrait, (100, 60)), 0.5)


def test_an_empty_room_is_searched_four_times_a_second(
    portrait: Frame, searches: Counter[str]
) -> None:
    tracker = Tracker()
    for step in range(60):
        assert tracker.update(np.zeros((240, 320, 3), np.uint8), step / 30) == []
    assert searches["searches"] <= 9
    late = tracker.update(frame(portrait, (100, 60)), 60 / 30 + 3600)
    assert late


def test_dropped_frames_and_a_clock_set_back(portrait: Frame) -> None:
    tracker = Tracker()
    (before,) = tracker.update(frame(portrait, (100, 60)), 100)
    (after,) = tracker.update(frame(portrait, (104, 60)), 160)
    (again,) = tracker.update(frame(portrait, (108, 60)), 5)
    assert before.number == after.number == again.number
