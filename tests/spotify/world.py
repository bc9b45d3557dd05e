"""The state of the stand-in: what a test sets, and what it looks at afterwards."""

import threading
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from .faults import Fault
from .logins import Logins
from .things import Account, Device, Playback, Playlist, Track, made_id


class Asked(NamedTuple):
    """A request: its operation, the parameters of path and query, and those of the body."""

    operation: str
    query: dict[str, Any]
    body: dict[str, Any]


@dataclass
class World(Logins):
    """Everything that a test may change while the stand-in runs; logins are in `Logins`."""

    account: Account = field(default_factory=Account)
    premium: bool = True
    owner_premium: bool = True
    on_user_list: bool = True

    tracks: list[Track] = field(default_factory=list)
    devices: list[Device] = field(default_factory=list)
    playback: Playback | None = None
    queue: list[str] = field(default_factory=list)
    playlists: list[Playlist] = field(default_factory=list)
    liked: dict[str, str] = field(default_factory=dict)  # URI: when, in UTC

    faults: list[Fault] = field(default_factory=list)
    quota_ends: float = 0.0

    calls: Counter[str] = field(default_factory=Counter)
    requests: list[Asked] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def add_track(self, name: str, *artists: str, **more: Any) -> Track:
        """A new track at the end of the catalogue; `more` is album, seconds and so on."""
        track = Track(more.pop("id", made_id(name, *artists, *map(str, more.values()))), name,
                      list(artists), **more)  # fmt: skip
        self.tracks.append(track)
        return track

    def add_device(self, name: str, **more: Any) -> Device:
        """A new device, with an id made of its name; `more` is type, is_active and so on."""
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
        """A device is gone; it is still listed until a command found it out, or not at all."""
        for device in [each for each in self.devices if each.id == device_id]:
            device.stale = True
            if not listed:
                self.devices.remove(device)

    def fail(self, fault: Fault, *, on: str | None = None, times: int = 1) -> None:
        """Put a fault before the next requests, or before those of one operation."""
        self.faults.append(replace(fault, on=on, times=times))

    def rate_limit(self, next_n: int = 1, retry_after: int = 1, on: str | None = None) -> None:
        self.fail(Fault("rate_limit", retry_after=retry_after), on=on, times=next_n)

    def rate_limit_without_retry_after(self, next_n: int = 1, on: str | None = None) -> None:
        self.fail(Fault("rate_limit"), on=on, times=next_n)

    def quota_exceeded(self, retry_after: float = 4 * 3600) -> None:
        """Every call of the API is refused until so many seconds have passed."""
        self.quota_ends = self.now() + retry_after

    def next_fault(self, operation: str) -> Fault | None:
        """The fault that this request meets, counted down."""
        for fault in self.faults:
            if fault.concerns(operation):
                fault.times -= 1
                if fault.times < 1:
                    self.faults.remove(fault)
                return fault
        return None
