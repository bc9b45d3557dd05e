from collections import Counter

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from musicalface.errors import InputError
from musicalface.face import Face, Track, Tracker, face_tracker, find_faces

Frame = NDArray[np.uint8]


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts the searches of a whole frame."""
    count: Counter[str] = Counter()

    def counted(frame: Frame, **how: bool) -> object:
        count["searches"] += 1
        return find_faces(frame, **how)

    monkeypatch.setattr(face_tracker, "find_faces", counted)
    return count


def frame(
    portrait: Frame, *positions: tuple[int, int], size: tuple[int, int] = (640, 480)
) -> Frame:
    """A frame with the portrait at each position (left, top)."""
    picture = Image.new("RGB", size, (90, 100, 110))
    for position in positions:
        picture.paste(Image.fromarray(portrait).resize((300, 300)), position)
    return np.asarray(picture)


def test_moving_face_keeps_its_number_without_new_searches(
    portrait: Frame, searches: Counter[str]
) -> None:
    tracker = Tracker()
    for step in range(9):
        (seen,) = tracker.update(frame(portrait, (100 + 8 * step, 60 + 3 * step)), step * 0.1)
        assert seen.number == 1
        (found,) = find_faces(frame(portrait, (100 + 8 * step, 60 + 3 * step)))
        np.testing.assert_allclose(seen.face.landmarks, found.landmarks, atol=4)
    assert searches["searches"] == 1


def test_second_face_is_found_within_a_second(portrait: Frame) -> None:
    tracker = Tracker()
    tracker.update(frame(portrait, (0, 60)), 0)
    seen = [tracker.update(frame(portrait, (0, 60), (330, 60)), 0.1 * i) for i in range(1, 12)]
    assert [t.number for t in seen[0]] == [1]
    assert {t.number for t in seen[-1]} == {1, 2}


def test_lost_face_is_searched_within_a_quarter_second(portrait: Frame) -> None:
    tracker = Tracker()
    (before,) = tracker.update(frame(portrait, (0, 60)), 0)
    assert tracker.update(frame(portrait, (330, 100)), 0.1) == []
    (after,) = tracker.update(frame(portrait, (330, 100)), 0.26)
    assert after.number != before.number
    assert after.face.box[0] > 400


def test_briefly_lost_face_keeps_its_number(portrait: Frame) -> None:
    tracker = Tracker()
    black = np.zeros((480, 640, 3), np.uint8)
    numbers = set()
    for step in range(16):  # four frames per second, every fourth is black
        shown = black if step % 4 == 3 else frame(portrait, (100 + step, 60))
        numbers |= {seen.number for seen in tracker.update(shown, step / 4)}
    assert numbers == {1}


def test_followed_face_is_kept_if_detection_misses_it(
    portrait: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = Tracker()
    tracker.update(frame(portrait, (100, 60)), 0)
    monkeypatch.setattr(face_tracker, "find_faces", lambda frame, **how: [])
    for step in range(1, 15):
        assert [seen.number for seen in tracker.update(frame(portrait, (100, 60)), step / 5)] == [1]


def test_unfollowable_face_does_not_cause_a_search_per_frame(
    portrait: Frame, searches: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(face_tracker, "follow_faces", lambda frame, near: [])
    tracker = Tracker()
    for step in range(30):
        tracker.update(frame(portrait, (100, 60)), step / 30)
    assert searches["searches"] <= 5


def test_neighbors_do_not_swap_numbers() -> None:
    def at(left: float, side: float = 100) -> Face:
        return Face((left, 50.0, side, side), ((left + 30, 80.0),) * 5, 0.99)

    tracker = Tracker()
    tracker._remember([Track(1, at(0)), Track(2, at(60))], 0)
    named = tracker._assign_numbers([at(35, 102), at(70)])
    assert [seen.number for seen in named] == [1, 2]


@pytest.mark.parametrize("kind", ["black", "white", "another size", "noise"])
def test_tracker_recovers_from_bad_frames(portrait: Frame, kind: str) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (480, 640, 3)).astype(np.uint8)
    bad = {
        "black": np.zeros((480, 640, 3), np.uint8),
        "white": np.full((480, 640, 3), 255, np.uint8),
        "another size": np.zeros((120, 160, 3), np.uint8),
        "noise": noise,
    }[kind]
    tracker = Tracker()
    assert tracker.update(frame(portrait, (100, 60)), 0)
    assert tracker.update(bad, 0.1) == []
    assert tracker.update(bad, 0.2) == []
    assert tracker.update(frame(portrait, (100, 60)), 0.5)


def test_without_a_face_four_searches_per_second(portrait: Frame, searches: Counter[str]) -> None:
    tracker = Tracker()
    for step in range(60):
        assert tracker.update(np.zeros((240, 320, 3), np.uint8), step / 30) == []
    assert searches["searches"] <= 9
    late = tracker.update(frame(portrait, (100, 60)), 60 / 30 + 3600)
    assert late


def test_dropped_frames_and_backward_clock(portrait: Frame) -> None:
    tracker = Tracker()
    (before,) = tracker.update(frame(portrait, (100, 60)), 100)
    (after,) = tracker.update(frame(portrait, (104, 60)), 160)
    assert before.number == after.number
    assert tracker.update(frame(portrait, (108, 60)), 5)


@pytest.mark.parametrize("at", [float("nan"), float("inf")])
def test_invalid_time(portrait: Frame, at: float) -> None:
    with pytest.raises(InputError, match="number of seconds"):
        Tracker().update(portrait, at)


@pytest.mark.parametrize("shape", [(48, 48), (48, 48, 4), (48, 48, 1), (0, 48, 3)])
def test_invalid_frame(shape: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match=r"A photo is an array \(height, width, 3\)"):
        Tracker().update(np.zeros(shape, np.uint8), 0)
