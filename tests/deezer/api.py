"""The fake server's responses to the two calls."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from .contract import error_json
from .media import cover_address, preview_address
from .state import DeezerState, Track


def _track(state: DeezerState, values: dict[str, Any], address: str) -> dict[str, Any]:
    track = state.track(values["id"])
    if not track:
        return error_json("no_data")
    other = state.track(track.alternative)
    answer = track_json(state, track, address)
    return answer | ({"alternative": track_json(state, other, address)} if other else {})


def _search(state: DeezerState, values: dict[str, Any], address: str) -> dict[str, Any]:
    found = state.found(values["q"])
    after = values["index"] + values["limit"]
    page = found[values["index"] : after]
    answer = {"data": [track_json(state, track, address) for track in page], "total": len(found)}
    if after < len(found):
        answer["next"] = f"{address}/search/track?q={quote(values['q'])}&index={after}"
    return answer


def track_json(state: DeezerState, track: Track, address: str) -> dict[str, Any]:
    """A track as Deezer's JSON; `address` is the fake server's URL."""
    preview = preview_address(state, track, address) if track.preview is None else track.preview
    covers = {
        name: cover_address(track, address, size) if track.cover is None else track.cover
        for name, size in SIZES.items()
    }
    return {
        "id": track.id,
        "readable": track.readable,
        "title": track.title,
        "title_short": track.title.partition(" (")[0],
        "title_version": "",
        "link": f"https://www.deezer.com/track/{track.id}",
        "duration": track.seconds,
        "rank": 500_000,
        "explicit_lyrics": False,
        "preview": preview if track.has_preview else "",
        "artist": {"id": 1, "name": track.artist, "type": "artist"},
        "album": {"id": 1, "title": track.album, "type": "album", **covers},
        "type": "track",
    }


SIZES = {"cover_small": 56, "cover_medium": 250, "cover_big": 500, "cover_xl": 1000}

HANDLERS: dict[str, Callable[[DeezerState, dict[str, Any], str], dict[str, Any]]] = {
    "track": _track,
    "search": _search,
}
