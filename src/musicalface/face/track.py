"""Faces followed from frame to frame, each under a number of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .boxes import overlap
from .detect import Face, find_faces, follow_faces

SEARCH_EVERY = 1.0
"""Seconds between two searches of the whole frame while a face is followed."""

SEARCH_WITHOUT = 0.25
"""Seconds between two searches while there is no face: an empty room costs little."""

_SAME = 0.3
"""Share of the union that two boxes of one face have in common."""


@dataclass(frozen=True)
class Track:
    """A face in this frame, under the number that it keeps as long as it is seen."""

    number: int
    face: Face


class Tracker:
    """Finds faces in a stream of frames, and follows them.

    The whole frame is searched when a face is lost and about once a second;
    between, only the places where faces were are looked at. A frame of another
    size starts anew; a black one has no face; nothing of a frame is kept.
    """

    def __init__(self) -> None:
        self.tracks: list[Track] = []
        self._shape: tuple[int, ...] = ()
        self._searched = -np.inf
        self._count = 0

    def update(self, frame: NDArray[np.uint8], at: float) -> list[Track]:
        """The faces of a frame (H, W, 3) uint8 RGB taken at `at` seconds, the largest first."""
        if frame.shape != self._shape:
            self.tracks, self._shape, self._searched = [], frame.shape, -np.inf
        known = [track.face for track in self.tracks]
        faces = follow_faces(frame, known) if known else []
        if len(faces) < len(known) or self._search_is_due(at):
            faces, self._searched = find_faces(frame), at
        self.tracks = self._named(faces)
        return self.tracks

    def _search_is_due(self, at: float) -> bool:
        wait = SEARCH_EVERY if self.tracks else SEARCH_WITHOUT
        return not 0 <= at - self._searched < wait

    def _named(self, faces: Sequence[Face]) -> list[Track]:
        """Each face under the number of the track that it overlaps most, or a new one."""
        left = list(self.tracks)
        named = []
        for face in faces:
            before = max(left, key=lambda track: overlap(track.face.box, face.box), default=None)
            if before and overlap(before.face.box, face.box) > _SAME:
                left.remove(before)
                named.append(Track(before.number, face))
            else:
                self._count += 1
                named.append(Track(self._count, face))
        return named
