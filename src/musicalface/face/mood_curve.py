"""Mood curve: the main face's moods and expressions over the time of a video."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..mood import MOODS, MoodScores
from .expression_classifier import Reading
from .main_face import MainFace
from .video import Video

MAX_POINTS = 1000
"""Points of a curve; a longer video gets wider steps."""

ReadFaces = Callable[[NDArray[np.uint8]], list[Reading]]


@dataclass(frozen=True)
class CurvePoint:
    """The main face at one time of a video; `reading` is None without a face."""

    at: float  # seconds
    reading: Reading | None

    @property
    def clear(self) -> Reading | None:
        """The reading if the face was readable."""
        return self.reading if self.reading and self.reading.clear else None


@dataclass(frozen=True)
class Stretch:
    """The average moods from `start` to `end` seconds of a video."""

    start: float
    end: float
    moods: MoodScores


@dataclass
class MoodCurve:
    """The points of a video, about `step` seconds apart.

    If there are more than MAX_POINTS, because the video is longer than its header says, every
    second one is dropped.
    """

    step: float
    points: list[CurvePoint] = field(default_factory=list)

    def add(self, point: CurvePoint) -> None:
        """Adds a later point."""
        if len(self.points) == MAX_POINTS:
            self.points, self.step = self.points[::2], self.step * 2
        if not self.points or point.at - self.points[-1].at > self.step / 2:
            self.points.append(point)

    @property
    def seconds(self) -> float:
        """The length of what was read: each point stands for one step."""
        return self.points[-1].at + self.step if self.points else 0.0

    @property
    def readings(self) -> list[Reading]:
        """The readable faces."""
        return [point.clear for point in self.points if point.clear]

    @property
    def moods(self) -> MoodScores:
        """The average of all readable faces; raises InputError without one."""
        return _average([reading.moods for reading in self.readings])

    def stretches(self, count: int) -> list[Stretch]:
        """Divides the video into stretches of equal length; raises InputError without a face.

        A stretch without a readable face has the moods of the readable face nearest in time.
        """
        edges = np.linspace(0, self.seconds, count + 1).tolist()
        return [
            Stretch(start, end, self._moods_between(start, end)) for start, end in pairwise(edges)
        ]

    def _moods_between(self, start: float, end: float) -> MoodScores:
        known = [(point.at, point.clear.moods) for point in self.points if point.clear]
        inside = [moods for at, moods in known if start <= at < end]
        middle = (start + end) / 2
        return _average(
            inside or [m for _, m in sorted(known, key=lambda k: abs(k[0] - middle))[:1]]
        )


def step_for(seconds: float | None, every: float) -> float:
    """The seconds between two points: `every`, or more if there would be more than MAX_POINTS."""
    return max(every, (seconds or 0.0) / MAX_POINTS)


def read_curve(video: Video, read: ReadFaces, curve: MoodCurve) -> Iterator[float]:
    """Reads a video into a curve with `step`, and yields the seconds after each point."""
    main = MainFace()
    for at, frame in video.frames(lambda: curve.step):
        curve.add(CurvePoint(at, main.update(read(frame), at)))
        yield at


def _average(moods: list[MoodScores]) -> MoodScores:
    if not moods:
        raise InputError("The video has no readable face. Choose another video.")
    return MoodScores.of(sum(m.as_dict()[each] for m in moods) / len(moods) for each in MOODS)
