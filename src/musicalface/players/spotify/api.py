"""The calls that are made of Spotify's Web API, as it is since May 2026, and no others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .answers import understood
from .session import Session

MOST_FOUND, SAVED_PAGE = 10, 50
"""Results of one search, and liked songs of one page; Spotify gives no more."""

_ADDED_AT_ONCE, _LIKED_AT_ONCE = 100, 40
_PLAYER = "/me/player"


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


class Api:
    """The calls, each one request (`saved` and `add`: one a page). All raise SpotifyError."""

    def __init__(self, session: Session) -> None:
        self._call, self._do = session.call, session.command

    def search(self, words: str) -> list[Track]:
        """At most ten tracks, in Spotify's order."""
        query: dict[str, str | int] = {"q": words, "type": "track", "limit": MOST_FOUND}
        answer = self._call("GET", "/search", query=query)
        with understood():
            return [_track(item) for item in answer["tracks"]["items"] if item and item["id"]]

    def track(self, track_id: str) -> Track:
        """One track by its id."""
        answer = self._call("GET", f"/tracks/{track_id}")
        with understood():
            return _track(answer)

    def me(self) -> str:
        """The person's name, or else their id."""
        answer = self._call("GET", "/me")
        with understood():
            return str(answer.get("display_name") or answer["id"])

    def devices(self) -> list[Device]:
        """Where Spotify is open."""
        answer = self._call("GET", f"{_PLAYER}/devices")
        with understood():
            return [_device(item) for item in answer["devices"]]

    def playing(self) -> tuple[Track, bool] | None:
        """The track at which the player stands, and whether it sounds; None without one."""
        answer = self._call("GET", _PLAYER)
        if answer is None:
            return None
        with understood():
            item = answer["item"]
            return (_track(item), bool(answer["is_playing"])) if item else None

    def play(self, ids: Sequence[str], device: str) -> None:
        """Start the tracks, the first at once. Premium."""
        body = {"uris": [uri(each) for each in ids]}
        self._do("PUT", f"{_PLAYER}/play", query={"device_id": device}, body=body)

    def resume(self) -> None:
        """Go on where it was paused. Premium."""
        self._do("PUT", f"{_PLAYER}/play", body={})

    def queue(self, track_id: str, device: str) -> None:
        """Play a track after those that are queued. Premium."""
        query = {"uri": uri(track_id), "device_id": device}
        self._do("POST", f"{_PLAYER}/queue", query=query)

    def pause(self) -> None:
        """Be silent. Premium."""
        self._do("PUT", f"{_PLAYER}/pause")

    def next(self) -> None:
        """Go to the next track. Premium."""
        self._do("POST", f"{_PLAYER}/next")

    def new_playlist(self, name: str, description: str) -> Playlist:
        """An empty playlist that is on no profile; Spotify promises no privacy."""
        body = {"name": name, "public": False, "description": description}
        answer = self._call("POST", "/me/playlists", body=body)
        with understood():
            return Playlist(_id(answer["id"]), str(answer["external_urls"]["spotify"]))

    def add(self, playlist: str, ids: Sequence[str]) -> None:
        """Add tracks to the end of a playlist."""
        for part in _parts(ids, _ADDED_AT_ONCE):
            body = {"uris": [uri(each) for each in part]}
            self._call("POST", f"/playlists/{playlist}/items", body=body)

    def like(self, ids: Sequence[str]) -> None:
        """Add tracks to the person's liked songs."""
        for part in _parts(ids, _LIKED_AT_ONCE):
            self._do("PUT", "/me/library", query={"uris": ",".join(map(uri, part))})

    def liked(self, ids: Sequence[str]) -> list[bool]:
        """For each track, whether the person likes it."""
        found: list[bool] = []
        for part in _parts(ids, _LIKED_AT_ONCE):
            query = {"uris": ",".join(map(uri, part))}
            answer = self._call("GET", "/me/library/contains", query=query)
            with understood():
                found += [bool(each) for each, _ in zip(answer, part, strict=True)]
        return found

    def saved(self, offset: int = 0) -> Saved:
        """A page of the person's liked songs."""
        query = {"limit": SAVED_PAGE, "offset": offset}
        answer = self._call("GET", "/me/tracks", query=query)
        with understood():
            items = answer["items"]
            found = [item["track"] for item in items if item["track"]]
            tracks = tuple(_track(track) for track in found if track["id"])  # none: a local file
            return Saved(tracks, int(answer["total"]), str(items[0]["added_at"]) if items else "")


def uri(track_id: str) -> str:
    """A track as the player calls it."""
    return f"spotify:track:{track_id}"


def _parts(ids: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    return (ids[start : start + most] for start in range(0, len(ids), most))


def _track(item: dict[str, Any]) -> Track:
    artists = tuple(_line(artist["name"]) for artist in item["artists"])
    album = item.get("album") or {}
    return Track(
        _id(item["id"]), _line(item["name"]), artists, _line(album.get("name", "")), _cover(album)
    )


def _cover(album: dict[str, Any]) -> str:
    """The largest, which Spotify names first."""
    images = album.get("images") or [{}]
    address = str(images[0].get("url", ""))
    return address if address.startswith("https://") else ""


def _device(item: dict[str, Any]) -> Device:
    return Device(
        str(item.get("id") or ""),
        _line(item["name"]),
        _line(item["type"]),
        bool(item["is_active"]),
        bool(item["is_restricted"]),
    )


def _id(value: object) -> str:
    """It becomes part of addresses: letters and digits only; raises ValueError."""
    if not isinstance(value, str) or not value.isascii() or not value.isalnum():
        raise ValueError(value)
    return value


def _line(value: object) -> str:
    """A name in one line that no terminal obeys."""
    if not isinstance(value, str):
        raise TypeError(value)
    return "".join(c if c.isprintable() else " " for c in value)
