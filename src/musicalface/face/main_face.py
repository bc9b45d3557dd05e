"""Follows the main face of a video from one sampled frame to the next."""

from collections.abc import Sequence

from .boxes import intersection_over_union
from .detect import Face
from .expression_classifier import Reading, deciding

PATIENCE = 2.0
"""Seconds for which a missing face is waited for before another one becomes the main face."""

_MIN_OVERLAP = 0.3


class MainFace:
    """The main face: at first the one that `deciding` names, then the face in its place."""

    def __init__(self) -> None:
        self._last: Face | None = None
        self._seen_at = 0.0

    def update(self, readings: Sequence[Reading], at: float) -> Reading | None:
        """The main face of the frame at `at` seconds; None if it is missing.

        `readings` has the frame's faces, largest first. The largest readable face becomes the main
        face if that has been missing for PATIENCE, for example after a cut.
        """
        found = self._same_place(readings)
        if not found and (self._last is None or at - self._seen_at >= PATIENCE):
            found = deciding(readings) or next(iter(readings), None)
        if found:
            self._last, self._seen_at = found.face, at
        return found

    def _same_place(self, readings: Sequence[Reading]) -> Reading | None:
        last = self._last
        if not readings or last is None:
            return None
        overlaps = [intersection_over_union(last.box, each.face.box) for each in readings]
        best = max(range(len(readings)), key=overlaps.__getitem__)
        return readings[best] if overlaps[best] > _MIN_OVERLAP else None
