"""Evaluates an audio model on sound files with labels."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..audio import read_audio_files
from ..errors import AudioError, DataError
from ..mood import MOODS, Mood
from .labelled_audio import LabelledClips
from .metrics import Report, report
from .precision_at_top import precision_at_top

THIRD = 1 / 3
Progress = Callable[[int, float], None]


@dataclass(frozen=True)
class AudioTrial:
    """Figures, precision of the surest third of each mood, and errors of unreadable files."""

    report: Report
    surest: dict[Mood, float | None]
    errors: tuple[AudioError, ...] = ()

    @classmethod
    def of(
        cls,
        probabilities: NDArray[np.float32],
        labels: NDArray[np.int64],
        errors: tuple[AudioError, ...] = (),
    ) -> "AudioTrial":
        """Computes the figures of probabilities (N, 4) and labels (N,) in the order of MOODS."""
        surest = precision_at_top(probabilities, labels, THIRD)
        return cls(report(probabilities, labels, MOODS), surest, errors)

    def as_dict(self) -> dict[str, Any]:
        """The figures for JSON, rounded to five digits."""
        surest = {mood.value: None if p is None else round(p, 5) for mood, p in self.surest.items()}
        return self.report.as_dict() | {"surest_third": surest}


def evaluate_audio(
    clips: LabelledClips,
    model: str | None = None,
    *,
    workers: int | None = None,
    progress: Progress = lambda more, share: None,
) -> AudioTrial:
    """Measures a model on clips; for the arguments see `audio.read_audio_files`.

    Raises DataError if no clip can be read.
    """
    read: list[int] = []
    moods: list[list[float]] = []
    errors: list[AudioError] = []
    outcomes = read_audio_files(clips.paths, model, workers=workers)
    for place, (_, outcome) in enumerate(outcomes):
        if isinstance(outcome, AudioError):
            errors.append(outcome)
        else:
            read.append(place)
            moods.append(list(outcome.as_dict().values()))
        progress(1, (place + 1) / len(clips.paths))
    if not read:
        raise DataError(f"None of {len(clips.paths)} files can be read. {errors[0]}")
    return AudioTrial.of(np.array(moods, np.float32), clips.labels[read], tuple(errors))
