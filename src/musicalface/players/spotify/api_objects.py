"""Objects of the Web API: tracks, devices, playlists and the playback state.

The parsers raise KeyError, TypeError or ValueError if JSON does not have the documented shape.
"""

from dataclasses import dataclass
from typing import Any

MAX_COUNT, MAX_MILLISECONDS, MAX_SECONDS = 1e9, 1e12, 1e9
"""Upper bounds of plausible numbers; larger ones are rejected."""


@dataclass(frozen=True)
class Track:
    """A track."""

    id: str
    title: str
    artists: tuple[str, ...]
    album: str = ""
    cover: str = ""  # URL of the album's picture
    seconds: float = 0.0  # length; 0 if unknown


@dataclass(frozen=True)
class Device:
    """A device on which Spotify is open."""

    id: str
    name: str
    kind: str
    is_active: bool
    is_restricted: bool
    volume: int | None = None  # percent; None if the device's volume can't be set

    @property
    def is_controllable(self) -> bool:
        """True if the device accepts commands: it has an id and is not restricted."""
        return bool(self.id) and not self.is_restricted


@dataclass(frozen=True)
class SavedTracksPage:
    """A page of the user's liked songs, newest first."""

    tracks: tuple[Track, ...]
    total: int
    newest: str  # time at which the first song of the page was liked


@dataclass(frozen=True)
class Playlist:
    """A created playlist."""

    id: str
    url: str


@dataclass(frozen=True)
class PlaybackState:
    """The playback state; `track` is None for an episode or a local file."""

    track: Track | None
    is_playing: bool
    seconds: float  # position in the track
    device: Device | None = None


def parse_track(item: dict[str, Any]) -> Track:
    """Parse a track object."""
    artists = tuple(_single_line(artist["name"]) for artist in item["artists"])
    album = item.get("album") or {}
    return Track(
        parse_id(item["id"]),
        _single_line(item["name"]),
        artists,
        _single_line(album.get("name") or ""),
        _cover(album),
        number_of(item.get("duration_ms") or 0, MAX_MILLISECONDS) / 1000,
    )


def _cover(album: dict[str, Any]) -> str:
    """The URL of the largest image, which Spotify lists first; "" if it is not HTTPS."""
    images = album.get("images") or [{}]
    address = str(images[0].get("url", ""))
    return address if address.startswith("https://") else ""


def parse_device(item: dict[str, Any]) -> Device:
    """Parse a device object."""
    return Device(
        str(item.get("id") or ""),
        _single_line(item["name"]),
        _single_line(item["type"]),
        bool(item["is_active"]),
        bool(item["is_restricted"]),
        _volume(item),
    )


def _volume(item: dict[str, Any]) -> int | None:
    volume = item.get("volume_percent")
    if volume is None or not item.get("supports_volume", True):
        return None
    return int(number_of(volume, 100))


def parse_playback_state(item: dict[str, Any]) -> PlaybackState:
    """Parse a playback state."""
    track = item.get("item") or {}
    return PlaybackState(
        parse_track(track) if track.get("id") and "artists" in track else None,
        bool(item["is_playing"]),
        number_of(item.get("progress_ms") or 0, MAX_MILLISECONDS) / 1000,
        parse_device(item["device"]) if item.get("device") else None,
    )


def number_of(value: object, most: float) -> float:
    """A JSON number from 0 to `most`; raises TypeError or ValueError, also for NaN."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(value)
    if not 0 <= value <= most:
        raise ValueError("out of range")
    return value


def parse_id(value: object) -> str:
    """An id of letters and digits, because it becomes part of URLs; raises ValueError."""
    if not isinstance(value, str) or not value.isascii() or not value.isalnum():
        raise ValueError(value)
    return value


def _single_line(value: object) -> str:
    """A name without line breaks and terminal control characters."""
    if not isinstance(value, str):
        raise TypeError(value)
    return "".join(c if c.isprintable() else " " for c in value)
