"""What Spotify tells of: tracks, devices, and where its player stands.

What is read here raises KeyError, TypeError or ValueError for what is not as promised.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Track:
    """A track as Spotify tells of it."""

    id: str
    title: str
    artists: tuple[str, ...]
    album: str = ""
    cover: str = ""  # the address of its picture


@dataclass(frozen=True)
class Device:
    """Where Spotify plays; one without an id, or that is restricted, takes no commands."""

    id: str
    name: str
    kind: str
    is_active: bool
    is_restricted: bool

    @property
    def takes_commands(self) -> bool:
        """Whether it can be told to play."""
        return bool(self.id) and not self.is_restricted


@dataclass(frozen=True)
class Saved:
    """A page of the person's liked songs, the newest first."""

    tracks: tuple[Track, ...]
    total: int
    newest: str  # when the first of the page was liked


@dataclass(frozen=True)
class Playlist:
    """A playlist that was made."""

    id: str
    url: str


@dataclass(frozen=True)
class Playing:
    """Where the player stands; `track` is None for an episode, or a file of the person's."""

    track: Track | None
    sounds: bool
    seconds: float  # of it that were heard


def track_of(item: dict[str, Any]) -> Track:
    """A track, as Spotify tells of it."""
    artists = tuple(_line(artist["name"]) for artist in item["artists"])
    album = item.get("album") or {}
    return Track(
        id_of(item["id"]),
        _line(item["name"]),
        artists,
        _line(album.get("name") or ""),
        _cover(album),
    )


def _cover(album: dict[str, Any]) -> str:
    """The largest, which Spotify names first."""
    images = album.get("images") or [{}]
    address = str(images[0].get("url", ""))
    return address if address.startswith("https://") else ""


def device_of(item: dict[str, Any]) -> Device:
    """A device, as Spotify tells of it."""
    return Device(
        str(item.get("id") or ""),
        _line(item["name"]),
        _line(item["type"]),
        bool(item["is_active"]),
        bool(item["is_restricted"]),
    )


def playing_of(item: dict[str, Any]) -> Playing:
    """The player's state, as Spotify tells it."""
    track = item.get("item") or {}
    return Playing(
        track_of(track) if track.get("id") and "artists" in track else None,
        bool(item["is_playing"]),
        int(item.get("progress_ms") or 0) / 1000,
    )


def id_of(value: object) -> str:
    """It becomes part of addresses: letters and digits only; raises ValueError."""
    if not isinstance(value, str) or not value.isascii() or not value.isalnum():
        raise ValueError(value)
    return value


def _line(value: object) -> str:
    """A name in one line that no terminal obeys."""
    if not isinstance(value, str):
        raise TypeError(value)
    return "".join(c if c.isprintable() else " " for c in value)
