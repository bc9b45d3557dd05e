from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from musicalface.errors import InputError
from musicalface.face import Face, Quality, Reading, mood_curve
from musicalface.face.main_face import MainFace
from musicalface.face.mood_curve import CurvePoint, MoodCurve, read_curve, step_for
from musicalface.face.video import open_video
from musicalface.mood import EXPRESSIONS, Expression, Mood, MoodScores
from tests.web import videos

_LANDMARKS = ((40.0, 40.0), (60.0, 40.0), (50.0, 50.0), (42.0, 60.0), (58.0, 60.0))


def reading(expression: str = "happy", left: float = 0, side: float = 100) -> Reading:
    shares = np.array([each == expression for each in EXPRESSIONS], np.float32)
    face = Face((left, 0, side, side), _LANDMARKS, 0.99)
    quality = Quality(side, 200, 50, 0)
    named = dict(zip(EXPRESSIONS, shares.tolist(), strict=True))
    return Reading(face, named, MoodScores.from_expressions(shares), quality, ())


def curve_of(*readings: Reading | None, step: float = 1.0) -> MoodCurve:
    curve = MoodCurve(step)
    for number, each in enumerate(readings):
        curve.add(CurvePoint(number * step, each))
    return curve


def test_main_face_stays_when_a_larger_one_passes() -> None:
    main, passing = reading(left=0, side=100), reading("sad", left=300, side=200)
    following = MainFace()
    assert following.update([main], 0) is main
    moved = reading(left=20, side=110)
    assert following.update([passing, moved], 0.5) is moved
    assert following.update([passing], 1.0) is None
    assert following.update([passing, moved], 1.5) is moved
    assert following.update([passing], 2.5) is None
    assert following.update([passing], 3.5) is passing


def test_stretches_average_the_moods_between_them() -> None:
    curve = curve_of(*[reading("happy")] * 4, *[reading("sad")] * 4)
    first, second = curve.stretches(2)
    assert (first.start, first.end, first.moods.mood) == (0, 4, Mood.HAPPY)
    assert (second.start, second.end, second.moods.mood) == (4, 8, Mood.SAD)
    assert (curve.moods.happy, curve.moods.sad) == (0.5, 0.5)


def test_stretch_without_a_face_takes_the_nearest() -> None:
    curve = curve_of(None, None, reading("angry"), None, None, None, reading("neutral"))
    moods = [stretch.moods.mood for stretch in curve.stretches(7)]
    assert moods == [Mood.ANGRY] * 4 + [Mood.RELAXED] * 3
    assert len(curve.stretches(10)) == 10


def test_curve_without_a_face_has_no_moods() -> None:
    with pytest.raises(InputError, match="no readable face"):
        curve_of(None, None).stretches(3)


def test_number_of_points_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert step_for(8 * 3600, 1) == 28.8
    assert step_for(60, 1) == step_for(None, 1) == 1
    monkeypatch.setattr(mood_curve, "MAX_POINTS", 10)
    curve = curve_of(*[reading(each) for each in [Expression.HAPPY] * 50 + [Expression.SAD] * 50])
    assert len(curve.points) <= 10
    assert [stretch.moods.mood for stretch in curve.stretches(2)] == [Mood.HAPPY, Mood.SAD]


def test_frames_are_read_at_their_times(tmp_path: Path) -> None:
    pytest.importorskip("cv2")
    seen: list[float] = []

    def read(frame: NDArray[np.uint8]) -> list[Reading]:
        assert frame.shape == (240, 320, 3)
        return [reading()] if frame.std() > 5 else []

    with open_video(videos.curve(tmp_path / "curve.avi")) as video:
        assert video.seconds == pytest.approx(6)
        curve = MoodCurve(0.5)
        seen = list(read_curve(video, read, curve))
    assert len(seen) == 12
    assert seen == pytest.approx([0.5 * number for number in range(12)], abs=0.21)
    assert [point.clear is not None for point in curve.points] == [True] * 8 + [False] * 4
