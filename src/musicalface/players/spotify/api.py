"""The calls of Spotify's Web API that MusicalFace uses (API as of May 2026)."""

from collections.abc import Iterator, Sequence

from ...identity import clean_name
from .api_objects import (
    MAX_COUNT,
    Device,
    PlaybackState,
    Playlist,
    SavedTracksPage,
    Track,
    number_of,
    parse_device,
    parse_id,
    parse_playback_state,
    parse_track,
)
from .api_response import checked_shape
from .client import SpotifyClient

SEARCH_LIMIT, SAVED_PAGE = 10, 50
"""Spotify's maximum number of search results, and of liked songs per page."""

_ADD_LIMIT, _LIKE_LIMIT = 100, 40
_PLAYER = "/me/player"


class SpotifyApi:
    """The calls. Each is one request, or one per chunk of ids; all raise SpotifyError."""

    def __init__(self, session: SpotifyClient) -> None:
        self._call, self._command = session.call, session.command

    def search(self, query_text: str) -> list[Track]:
        """Search: at most ten tracks, in Spotify's order."""
        query: dict[str, str | int] = {"q": query_text, "type": "track", "limit": SEARCH_LIMIT}
        response = self._call("GET", "/search", query=query)
        with checked_shape():
            return [
                parse_track(item) for item in response["tracks"]["items"] if item and item["id"]
            ]

    def track(self, track_id: str) -> Track:
        """One track by its id."""
        response = self._call("GET", f"/tracks/{track_id}")
        with checked_shape():
            return parse_track(response)

    def me(self) -> str:
        """The user's display name, or their id."""
        response = self._call("GET", "/me")
        with checked_shape():
            return clean_name(str(response.get("display_name") or response["id"]))

    def devices(self) -> list[Device]:
        """The devices on which Spotify is open."""
        response = self._call("GET", f"{_PLAYER}/devices")
        with checked_shape():
            return [parse_device(item) for item in response["devices"]]

    def playing(self) -> PlaybackState | None:
        """The playback state; None if no device is active."""
        response = self._call("GET", _PLAYER)
        if response is None:
            return None
        with checked_shape():
            return parse_playback_state(response)

    def play(self, ids: Sequence[str], device: str) -> None:
        """Start the tracks. Requires Premium."""
        body = {"uris": [uri(each) for each in ids]}
        self._command("PUT", f"{_PLAYER}/play", query={"device_id": device}, body=body)

    def resume(self) -> None:
        """Resume playback. Requires Premium."""
        self._command("PUT", f"{_PLAYER}/play", body={})

    def queue(self, track_id: str, device: str) -> None:
        """Add a track to the end of the queue. Requires Premium."""
        query = {"uri": uri(track_id), "device_id": device}
        self._command("POST", f"{_PLAYER}/queue", query=query)

    def pause(self) -> None:
        """Pause playback. Requires Premium."""
        self._command("PUT", f"{_PLAYER}/pause")

    def next(self) -> None:
        """Skip to the next track. Requires Premium."""
        self._command("POST", f"{_PLAYER}/next")

    def previous(self) -> None:
        """Go back to the previous track. Requires Premium."""
        self._command("POST", f"{_PLAYER}/previous")

    def seek(self, seconds: float) -> None:
        """Go to a position of the current track. Requires Premium."""
        self._command("PUT", f"{_PLAYER}/seek", query={"position_ms": round(seconds * 1000)})

    def set_volume(self, percent: int) -> None:
        """Set the volume of the active device, 0 to 100. Requires Premium."""
        self._command("PUT", f"{_PLAYER}/volume", query={"volume_percent": percent})

    def new_playlist(self, name: str, description: str) -> Playlist:
        """Create an empty playlist that is not on the user's profile, though not secret."""
        body = {"name": name, "public": False, "description": description}
        response = self._call("POST", "/me/playlists", body=body)
        with checked_shape():
            return Playlist(parse_id(response["id"]), str(response["external_urls"]["spotify"]))

    def add(self, playlist: str, ids: Sequence[str]) -> None:
        """Add tracks to the end of a playlist."""
        for part in _chunks(ids, _ADD_LIMIT):
            body = {"uris": [uri(each) for each in part]}
            self._call("POST", f"/playlists/{playlist}/items", body=body)

    def like(self, ids: Sequence[str]) -> None:
        """Add tracks to the user's liked songs."""
        for part in _chunks(ids, _LIKE_LIMIT):
            self._command("PUT", "/me/library", query={"uris": ",".join(map(uri, part))})

    def liked(self, ids: Sequence[str]) -> list[bool]:
        """For each track, True if the user likes it."""
        liked: list[bool] = []
        for part in _chunks(ids, _LIKE_LIMIT):
            query = {"uris": ",".join(map(uri, part))}
            response = self._call("GET", "/me/library/contains", query=query)
            with checked_shape():
                liked += [bool(each) for each, _ in zip(response, part, strict=True)]
        return liked

    def saved_tracks(self, offset: int = 0) -> SavedTracksPage:
        """A page of the user's liked songs, newest first."""
        query = {"limit": SAVED_PAGE, "offset": offset}
        response = self._call("GET", "/me/tracks", query=query)
        with checked_shape():
            items = response["items"]
            listed = [item["track"] for item in items if item["track"]]
            # A local file has no id.
            tracks = tuple(parse_track(track) for track in listed if track["id"])
            return SavedTracksPage(
                tracks,
                int(number_of(response["total"], MAX_COUNT)),
                str(items[0]["added_at"]) if items else "",
            )


def uri(track_id: str) -> str:
    """The Spotify URI of a track."""
    return f"spotify:track:{track_id}"


def _chunks(ids: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    return (ids[start : start + most] for start in range(0, len(ids), most))
