"""One person's camera: frames become documents, and a resting face is learnt."""

import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..face import Reading, Rest, Watcher
from ..face.read import expression_model
from ..mood import MoodScores
from .frames import frame_of

WISHES = ("rest", "forget_rest")
RESTING = 1.5
"""Seconds for which a person holds still, so that their resting face is learnt."""

_DIGITS = 4
Document = dict[str, Any]


class Gaze:
    """What one socket sees; it keeps no frame. Not for two threads at once."""

    def __init__(self) -> None:
        self._watcher = Watcher()
        self._resting: list[tuple[float, ...]] | None = None
        self._until = 0.0
        self._outcomes: list[Document] = []

    def at(self, message: bytes, at: float) -> Document:
        """What is seen in a frame that came at `at` seconds; raises InputError for no frame."""
        started = time.perf_counter()
        frame = frame_of(message)
        decoded = time.perf_counter()
        sight = self._watcher.update(frame, at)
        clear = [reading for reading in sight.readings.values() if reading.clear]
        self._learn(clear, at)
        read = time.perf_counter()
        return {
            "type": "sight",
            "faces": [_face(number, each, frame) for number, each in sight.readings.items()],
            **moods_document(sight.state.scores),
            "expressions": rounded(clear[0].expressions) if clear else None,
            "mood": sight.state.mood.value if sight.state.mood else None,
            "rest": self._watcher.rest is not None,
            "ms": _milliseconds(started, decoded, read),
        }

    def obey(self, wish: str) -> None:
        """`rest`: the face that is seen in the next moments is at rest; `forget_rest` undoes it."""
        self._watcher.rest, self._until = None, 0.0
        self._resting = [] if wish == "rest" else None

    def told(self) -> list[Document]:
        """How learning ended, once."""
        outcomes, self._outcomes = self._outcomes, []
        return outcomes

    def _learn(self, clear: list[Reading], at: float) -> None:
        if self._resting is None:
            return
        self._until = self._until or at + RESTING
        self._resting += [reading.evidence for reading in clear[:1]]
        if at >= self._until:
            evidence, self._resting = np.array(self._resting, np.float32), None
            self._outcomes.append(self._rested(evidence))

    def _rested(self, evidence: NDArray[np.float32]) -> Document:
        try:
            if not len(evidence):
                raise InputError("Your face was not seen: look into the camera and try again.")
            self._watcher.rest = Rest.of(evidence, expression_model(None).head())
        except InputError as error:
            return {"type": "rest", "done": False, "message": str(error)}
        return {"type": "rest", "done": True}


def moods_document(scores: MoodScores | None) -> Document:
    """Four probabilities, and where they lie on the plane; all null without a face."""
    if scores is None:
        return {"scores": None, "valence": None, "arousal": None, "sure": False}
    return {
        "scores": rounded(scores.as_dict()),
        "valence": round(scores.valence, _DIGITS),
        "arousal": round(scores.arousal, _DIGITS),
        "sure": scores.sure,
    }


def box_document(reading: Reading, frame: NDArray[np.uint8]) -> list[float]:
    """Left, top, width and height as shares of the frame."""
    height, width = frame.shape[:2]
    left, top, across, down = reading.face.box
    return [
        round(float(share), _DIGITS)
        for share in (left / width, top / height, across / width, down / height)
    ]


def rounded(shares: dict[str, float]) -> dict[str, float]:
    """Probabilities by name, fit to be sent."""
    return {str(name): round(float(share), _DIGITS) for name, share in shares.items()}


def _face(number: int, reading: Reading, frame: NDArray[np.uint8]) -> Document:
    problem = reading.quality.problem or None
    return {"number": number, "box": box_document(reading, frame), "problem": problem}


def _milliseconds(started: float, decoded: float, read: float) -> dict[str, float]:
    stages = {"decode": decoded - started, "read": read - decoded, "total": read - started}
    return {name: round(seconds * 1000, 2) for name, seconds in stages.items()}
