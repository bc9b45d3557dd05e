"""The calls that are made of Spotify's Web API, as it is since May 2026, and no others."""

from collections.abc import Iterator, Sequence

from ...identity import clean_name
from .answers import understood
from .session import Session
from .things import Device, Playing, Playlist, Saved, Track, device_of, id_of, playing_of, track_of

MOST_FOUND, SAVED_PAGE = 10, 50
"""Results of one search, and liked songs of one page; Spotify gives no more."""

_ADDED_AT_ONCE, _LIKED_AT_ONCE = 100, 40
_PLAYER = "/me/player"


class Api:
    """The calls, each one request (`saved` and `add`: one a page). All raise SpotifyError."""

    def __init__(self, session: Session) -> None:
        self._call, self._do = session.call, session.command

    def search(self, words: str) -> list[Track]:
        """At most ten tracks, in Spotify's order."""
        query: dict[str, str | int] = {"q": words, "type": "track", "limit": MOST_FOUND}
        answer = self._call("GET", "/search", query=query)
        with understood():
            return [track_of(item) for item in answer["tracks"]["items"] if item and item["id"]]

    def track(self, track_id: str) -> Track:
        """One track by its id."""
        answer = self._call("GET", f"/tracks/{track_id}")
        with understood():
            return track_of(answer)

    def me(self) -> str:
        """The person's name, or else their id."""
        answer = self._call("GET", "/me")
        with understood():
            return clean_name(str(answer.get("display_name") or answer["id"]))

    def devices(self) -> list[Device]:
        """Where Spotify is open."""
        answer = self._call("GET", f"{_PLAYER}/devices")
        with understood():
            return [device_of(item) for item in answer["devices"]]

    def playing(self) -> Playing | None:
        """Where the player stands; None when it is nowhere."""
        answer = self._call("GET", _PLAYER)
        if answer is None:
            return None
        with understood():
            return playing_of(answer)

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
            return Playlist(id_of(answer["id"]), str(answer["external_urls"]["spotify"]))

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
            tracks = tuple(track_of(track) for track in found if track["id"])  # none: a local file
            return Saved(tracks, int(answer["total"]), str(items[0]["added_at"]) if items else "")


def uri(track_id: str) -> str:
    """A track as the player calls it."""
    return f"spotify:track:{track_id}"


def _parts(ids: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    return (ids[start : start + most] for start in range(0, len(ids), most))
