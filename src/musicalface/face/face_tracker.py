"""Face tracking: assigns each face a number that stays the same from frame to frame."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from .boxes import intersection_over_union
from .detect import Face, find_faces, follow_faces

SEARCH_INTERVAL = 1.0
"""Seconds between two searches of the whole frame while no face is lost."""

RETRY_INTERVAL = 0.25
"""Seconds between two searches of the whole frame while a face is lost or there is none."""

LOST_TIMEOUT = 1.5
"""Seconds for which a lost face keeps its number."""

_MIN_OVERLAP = 0.3
"""Minimum intersection over union of two boxes of the same face."""


@dataclass(frozen=True)
class Track:
    """A face in a frame and its track number, which stays the same while the face is tracked."""

    number: int
    face: Face


@dataclass(frozen=True)
class _LastSeen:
    """A track and the time when it was last seen."""

    track: Track
    at: float


class Tracker:
    """Detects and tracks faces in a stream of frames.

    Searches the whole frame about once per second, and four times per second while a face is lost;
    otherwise searches only near the last positions. While there is no face, it searches for large
    ones first. A new frame size or a time that goes backwards resets the tracker. Stores no frames.
    """

    def __init__(self) -> None:
        self._known: list[_LastSeen] = []
        self._shape: tuple[int, ...] = ()
        self._at = self._searched = -np.inf
        self._count = 0

    def update(self, frame: NDArray[np.uint8], at: float) -> list[Track]:
        """Returns the faces in a frame (H, W, 3) uint8 RGB taken at `at` seconds, largest first.

        Raises InputError if the frame has another shape or dtype, or the time is not finite.
        """
        if not np.isfinite(at):
            raise InputError(f"The time of a frame must be a number of seconds, not {at}.")
        if frame.shape != self._shape or at < self._at:
            self._known, self._shape, self._searched = [], frame.shape, -np.inf
        followed = [seen.track.face for seen in self._known if seen.at == self._at]
        faces = follow_faces(frame, followed) if followed else []
        lost = not faces or len(faces) < len(self._known)
        if at - self._searched >= (RETRY_INTERVAL if lost else SEARCH_INTERVAL):
            self._searched = at
            faces = _merge(find_faces(frame, upright=True, large_first=not self._known), faces)
        tracks = self._assign_numbers(faces)
        self._remember(tracks, at)
        return tracks

    def _remember(self, tracks: Sequence[Track], at: float) -> None:
        numbers = {track.number for track in tracks}
        lost = [seen for seen in self._known if seen.track.number not in numbers]
        kept = [seen for seen in lost if at - seen.at < LOST_TIMEOUT]
        self._known, self._at = kept + [_LastSeen(track, at) for track in tracks], at

    def _assign_numbers(self, faces: Sequence[Face]) -> list[Track]:
        """Gives each face the number of the track that it overlaps most, or a new number."""
        pairs = sorted(
            (
                (intersection_over_union(seen.track.face.box, face.box), seen.track.number, index)
                for seen in self._known
                for index, face in enumerate(faces)
            ),
            reverse=True,
        )
        names: dict[int, int] = {}
        for overlap, number, index in pairs:
            if overlap > _MIN_OVERLAP and index not in names and number not in names.values():
                names[index] = number
        return [Track(names.get(i) or self._new_number(), face) for i, face in enumerate(faces)]

    def _new_number(self) -> int:
        self._count += 1
        return self._count


def _merge(found: Sequence[Face], followed: Sequence[Face]) -> list[Face]:
    """Detected faces, plus followed faces that the detector missed, largest first."""
    missed = [
        face
        for face in followed
        if all(intersection_over_union(face.box, f.box) <= _MIN_OVERLAP for f in found)
    ]
    return sorted([*found, *missed], key=lambda face: -face.box[2] * face.box[3])
