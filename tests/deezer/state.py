"""The state of the fake Deezer server, which tests may change at any time."""

import hashlib
import re
import threading
import time
import unicodedata
from collections import Counter, deque
from dataclasses import dataclass, field, replace
from typing import Any

from .contract import error_json, read_contract
from .shared import Fault


@dataclass
class Track:
    """A recording; `seconds` is the length of the song, not of the preview."""

    id: int
    title: str
    artist: str
    album: str = "An Album"
    seconds: int = 200
    readable: bool = True
    has_preview: bool = True
    preview_is_empty: bool = False  # the file has no bytes
    alternative: int = 0  # the id of another track
    preview: str | None = None  # a URL instead of the fake server's
    cover: str | None = None  # a URL instead of the fake server's

    @property
    def name(self) -> str:
        """The name of the track's files."""
        return hashlib.sha256(str(self.id).encode()).hexdigest()[:32]


@dataclass
class DeezerState:
    """Tracks, quota, clock and pending faults."""

    tracks: list[Track] = field(default_factory=list)
    quota: int = int(read_contract().quota["requests"])
    window: float = read_contract().quota["seconds"]
    ahead: float = 0.0  # seconds by which the clock is ahead
    faults: list[Fault] = field(default_factory=list)

    calls: Counter[str] = field(default_factory=Counter)
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    times: deque[float] = field(default_factory=deque)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def now(self) -> float:
        return time.time() + self.ahead

    def advance(self, seconds: float) -> None:
        """Advances the clock, so that previews and the quota window expire."""
        self.ahead += seconds

    def add(self, artist: str, title: str, **more: Any) -> Track:
        """Adds a track; `more` are fields of `Track`."""
        track = Track(more.pop("id", 1000 + len(self.tracks)), title, artist, **more)
        self.tracks.append(track)
        return track

    def track(self, number: int) -> Track | None:
        return next((track for track in self.tracks if track.id == number), None)

    def found(self, words: str) -> list[Track]:
        """The tracks that contain all words of a text."""
        return [
            track
            for track in self.tracks
            if _words(words) <= _words(f"{track.artist} {track.title} {track.album}")
        ]

    def exceeds_quota(self) -> bool:
        """Counts a request; True if it exceeds the quota."""
        now = self.now()
        while self.times and self.times[0] <= now - self.window:
            self.times.popleft()
        self.times.append(now)
        return len(self.times) > self.quota

    def fail(self, fault: Fault, *, on: str | None = None, times: int = 1) -> None:
        """Adds a fault for the next calls, or for those of one kind (also preview, cover)."""
        self.faults.append(replace(fault, on=on, times=times))

    def error(self, name: str, *, on: str | None = None, times: int = 1) -> None:
        """Adds an error of the contract for the next requests."""
        self.fail(Fault("wrong_shape", body=error_json(name)), on=on, times=times)

    def next_fault(self, call: str) -> Fault | None:
        """The fault for this request; decrements its count."""
        for fault in self.faults:
            if fault.on == call or (not fault.on and call in read_contract().calls):
                fault.times -= 1
                if fault.times < 1:
                    self.faults.remove(fault)
                return fault
        return None


def _words(text: str) -> set[str]:
    """Normalized words as Deezer compares them: without case, accents and apostrophes."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in letters if not unicodedata.combining(c) and c not in "'’")
    return set(re.findall(r"\w+", kept))
