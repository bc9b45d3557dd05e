"""State of the fake server, which tests set up and inspect."""

import threading
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from .faults import Fault
from .logins import Logins
from .objects import Account, Device, Playback, Playlist, Track, made_id


class RecordedRequest(NamedTuple):
    """A request: its operation, the parameters of path and query, and the body."""

    operation: str
    query: dict[str, Any]
    body: dict[str, Any]


@dataclass
class SpotifyState(Logins):
    """The state, which a test may change while the server runs."""

    account: Account = field(default_factory=Account)
    premium: bool = True
    owner_premium: bool = True
    on_user_list: bool = True

    tracks: list[Track] = field(default_factory=list)
    devices: list[Device] = field(default_factory=list)
    playback: Playback | None = None
    queue: list[str] = field(default_factory=list)
    playlists: list[Playlist] = field(default_factory=list)
    liked: dict[str, str] = field(default_factory=dict)  # URI -> time in UTC

    faults: list[Fault] = field(default_factory=list)
    quota_ends: float = 0.0

    calls: Counter[str] = field(default_factory=Counter)
    requests: list[RecordedRequest] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def add_track(self, name: str, *artists: str, **more: Any) -> Track:
        """Add a track to the catalog; `more` are further fields of Track."""
        track = Track(more.pop("id", made_id(name, *artists, *map(str, more.values()))), name,
                      list(artists), **more)  # fmt: skip
        self.tracks.append(track)
        return track

    def add_device(self, name: str, **more: Any) -> Device:
        """Add a device with an id derived from its name; `more` are further fields of Device."""
        device = Device(more.pop("id", made_id(name)), name, **more)
        self.devices.append(device)
        return device

    def like(self, *uris: str) -> None:
        for uri in uris:
            at = datetime.fromtimestamp(self.now(), UTC)
            self.liked.setdefault(uri, at.strftime("%Y-%m-%dT%H:%M:%SZ"))

    def track(self, id_: str) -> Track | None:
        return next((track for track in self.tracks if track.id == id_), None)

    def vanish(self, device_id: str, *, listed: bool = True) -> None:
        """Remove a device; if `listed`, it stays in the list until a command addresses it."""
        for device in [each for each in self.devices if each.id == device_id]:
            device.stale = True
            if not listed:
                self.devices.remove(device)

    def fail(self, fault: Fault, *, on: str | None = None, times: int = 1) -> None:
        """Inject a fault into the next `times` requests, or into those of one operation."""
        self.faults.append(replace(fault, on=on, times=times))

    def rate_limit(self, next_n: int = 1, retry_after: int = 1, on: str | None = None) -> None:
        self.fail(Fault("rate_limit", retry_after=retry_after), on=on, times=next_n)

    def rate_limit_without_retry_after(self, next_n: int = 1, on: str | None = None) -> None:
        self.fail(Fault("rate_limit"), on=on, times=next_n)

    def quota_exceeded(self, retry_after: float = 4 * 3600) -> None:
        """Reject all API calls for this many seconds."""
        self.quota_ends = self.now() + retry_after

    def next_fault(self, operation: str) -> Fault | None:
        """The fault of this request, or None; counts it down."""
        for fault in self.faults:
            if fault.concerns(operation):
                fault.times -= 1
                if fault.times < 1:
                    self.faults.remove(fault)
                return fault
        return None
