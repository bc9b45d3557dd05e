"""Camera session: reads frames into JSON documents, and measures a resting face."""

import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..face import MoodTracker, Reading
from ..mood import MoodScores, SteadyState
from .frame_decoding import decode_frame
from .neutral_face import NeutralFace

COMMANDS = ("rest", "forget_rest")
RESTING_SECONDS = 1.5
"""Seconds over which a resting face is measured."""

_DIGITS = 4
Document = dict[str, Any]


class CameraSession:
    """State of one WebSocket. Keeps no frames; not thread-safe."""

    def __init__(self, neutral: NeutralFace | None = None) -> None:
        self._tracker, self._neutral = MoodTracker(), neutral or NeutralFace()
        self._resting: list[tuple[float, ...]] | None = None
        self._until = 0.0
        self._results: list[Document] = []

    def process_frame(self, message: bytes, at: float) -> Document:
        """Return the readings of a frame received at `at` seconds.

        Raises InputError if the message is not a frame.
        """
        started = time.perf_counter()
        frame = decode_frame(message)
        decoded = time.perf_counter()
        measures = self._resting is not None  # from readings without a correction
        self._tracker.resting_face = None if measures else self._neutral.current
        result = self._tracker.update(frame, at)
        clear = [reading for reading in result.readings.values() if reading.clear]
        self._collect_resting_face(clear, at)
        read = time.perf_counter()
        return {
            "type": "sight",
            "faces": [_face(number, each, frame) for number, each in result.readings.items()],
            **moods_document(result.state.scores),
            "expressions": rounded(clear[0].expressions) if clear else None,
            "mood": result.state.mood.value if result.state.mood else None,
            "locking": _locking(result.state),
            "rest": self._neutral.current is not None,
            "ms": _milliseconds(started, decoded, read),
        }

    def handle_command(self, command: str) -> None:
        """`rest` measures the resting face in the next frames; `forget_rest` clears it."""
        self._until = 0.0
        self._resting = [] if command == "rest" else None
        if command == "forget_rest":
            self._neutral.forget()

    def pop_results(self) -> list[Document]:
        """Return and remove the results of finished measurements."""
        results, self._results = self._results, []
        return results

    def _collect_resting_face(self, clear: list[Reading], at: float) -> None:
        if self._resting is None:
            return
        self._until = self._until or at + RESTING_SECONDS
        self._resting += [reading.evidence for reading in clear[:1]]
        if at >= self._until:
            evidence, self._resting = np.array(self._resting, np.float32), None
            self._results.append(self._finish_resting_face(evidence))

    def _finish_resting_face(self, evidence: NDArray[np.float32]) -> Document:
        try:
            if not len(evidence):
                raise InputError("I couldn't see your face. Look at the camera and try again.")
            return {"type": "rest", "done": True, **self._neutral.measure(evidence)}
        except InputError as error:
            return {"type": "rest", "done": False, "message": str(error)}


def moods_document(scores: MoodScores | None) -> Document:
    """The four mood probabilities, valence and arousal; all null without a face."""
    if scores is None:
        return {"scores": None, "valence": None, "arousal": None, "sure": False}
    return {
        "scores": rounded(scores.as_dict()),
        "valence": round(scores.valence, _DIGITS),
        "arousal": round(scores.arousal, _DIGITS),
        "sure": scores.sure,
    }


def box_document(reading: Reading, frame: NDArray[np.uint8]) -> list[float]:
    """Left, top, width and height as fractions of the frame."""
    height, width = frame.shape[:2]
    left, top, across, down = reading.face.box
    return [
        round(float(share), _DIGITS)
        for share in (left / width, top / height, across / width, down / height)
    ]


def rounded(shares: dict[str, float]) -> dict[str, float]:
    """Probabilities by name, rounded to four decimals."""
    return {str(name): round(float(share), _DIGITS) for name, share in shares.items()}


def _locking(state: SteadyState) -> Document | None:
    if state.pending is None:
        return None
    return {"mood": state.pending.value, "share": round(state.progress, _DIGITS)}


def _face(number: int, reading: Reading, frame: NDArray[np.uint8]) -> Document:
    problem = reading.quality.problem or None
    return {"number": number, "box": box_document(reading, frame), "problem": problem}


def _milliseconds(started: float, decoded: float, read: float) -> dict[str, float]:
    stages = {"decode": decoded - started, "read": read - decoded, "total": read - started}
    return {name: round(seconds * 1000, 2) for name, seconds in stages.items()}
