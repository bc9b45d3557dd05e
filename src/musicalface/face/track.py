"""Faces followed from frame to frame, each under a number of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from .boxes import overlap
from .detect import Face, find_faces, follow_faces

SEARCH_EVERY = 1.0
"""Seconds between two searches of the whole frame while all faces are followed."""

SEARCH_AGAIN = 0.25
"""Seconds between two searches while a face is lost, or there is none."""

REMEMBERED = 1.5
"""Seconds for which a face that is lost keeps its number."""

_SAME = 0.3
"""Share of the union that two boxes of one face have in common."""


@dataclass(frozen=True)
class Track:
    """A face in this frame, under the number that it keeps as long as it is seen."""

    number: int
    face: Face


@dataclass(frozen=True)
class _Seen:
    """A track, and when it was last seen."""

    track: Track
    at: float


class Tracker:
    """Finds faces in a stream of frames, and follows them.

    The whole frame is searched when a face is lost, though not at every frame, and
    about once a second; between, only the places where faces were are looked at. A
    frame of another size, and a clock that is set back, start anew; a black frame
    has no face; nothing of a frame is kept.
    """

    def __init__(self) -> None:
        self._known: list[_Seen] = []
        self._shape: tuple[int, ...] = ()
        self._at = self._searched = -np.inf
        self._count = 0

    def update(self, frame: NDArray[np.uint8], at: float) -> list[Track]:
        """The faces of a frame (H, W, 3) uint8 RGB taken at `at` seconds, the largest first.

        Raises InputError for what is no frame, or no time.
        """
        if not np.isfinite(at):
            raise InputError(f"The time of a frame is a number of seconds, and not {at}.")
        if frame.shape != self._shape or at < self._at:
            self._known, self._shape, self._searched = [], frame.shape, -np.inf
        followed = [seen.track.face for seen in self._known if seen.at == self._at]
        faces = follow_faces(frame, followed) if followed else []
        lost = not faces or len(faces) < len(self._known)
        if at - self._searched >= (SEARCH_AGAIN if lost else SEARCH_EVERY):
            self._searched = at
            faces = _joined(find_faces(frame), faces)
        tracks = self._named(faces)
        self._remember(tracks, at)
        return tracks

    def _remember(self, tracks: Sequence[Track], at: float) -> None:
        numbers = {track.number for track in tracks}
        lost = [seen for seen in self._known if seen.track.number not in numbers]
        kept = [seen for seen in lost if at - seen.at < REMEMBERED]
        self._known, self._at = kept + [_Seen(track, at) for track in tracks], at

    def _named(self, faces: Sequence[Face]) -> list[Track]:
        """Each face under the number of the track that it overlaps most, or a new one."""
        pairs = sorted(
            (
                (overlap(seen.track.face.box, face.box), seen.track.number, place)
                for seen in self._known
                for place, face in enumerate(faces)
            ),
            reverse=True,
        )
        names: dict[int, int] = {}
        for shared, number, place in pairs:
            if shared > _SAME and place not in names and number not in names.values():
                names[place] = number
        return [Track(names.get(i) or self._new_number(), face) for i, face in enumerate(faces)]

    def _new_number(self) -> int:
        self._count += 1
        return self._count


def _joined(found: Sequence[Face], followed: Sequence[Face]) -> list[Face]:
    """What was found, and what was followed and not found, the largest first."""
    missed = [face for face in followed if all(overlap(face.box, f.box) <= _SAME for f in found)]
    return sorted([*found, *missed], key=lambda face: -face.box[2] * face.box[3])
