"""Responses of the fake server: results, errors, and JSON of Spotify's objects."""

import json
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from .contract import read_contract
from .objects import Device, Playlist, Track
from .state import SpotifyState


@dataclass
class FakeResponse:
    """A status, headers and an optional JSON body."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        if self.body is None:
            return Response(status_code=self.status, headers=self.headers)
        return Response(
            json.dumps(self.body), self.status, self.headers, "application/json; charset=utf-8"
        )


class ContractError(Exception):
    """An error of the contract, by name."""

    def __init__(self, name: str, retry_after: int | None = None) -> None:
        super().__init__(name)
        self.name, self.retry_after = name, retry_after

    def answer(self) -> FakeResponse:
        contract = read_contract()
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        if self.name in contract.accounts_errors:
            return _accounts_error(contract.accounts_errors[self.name])
        error = contract.errors[self.name]
        body = {key: error[key] for key in ("status", "message", "reason") if key in error}
        return FakeResponse(error["status"], {"error": body}, headers)


def _accounts_error(error: dict[str, Any]) -> FakeResponse:
    return FakeResponse(
        error["status"], {key: error[key] for key in ("error", "error_description")}
    )


def breach_response(base: str, what: str) -> FakeResponse:
    """The response to a request that violates the contract."""
    if base == "accounts":
        return FakeResponse(400, {"error": "invalid_request", "error_description": what})
    return FakeResponse(400, {"error": {"status": 400, "message": what}})


def track_json(track: Track) -> dict[str, Any]:
    return {
        "id": track.id,
        "uri": track.uri,
        "name": track.name,
        "artists": [{"name": name, "type": "artist"} for name in track.artists],
        "album": {"name": track.album, "type": "album", "images": [{"url": track.cover}]},
        "duration_ms": round(track.seconds * 1000),
        "explicit": track.explicit,
        "external_urls": {"spotify": f"https://open.spotify.com/track/{track.id}"},
        "type": "track",
    }


def known_json(world: SpotifyState, uri: str) -> dict[str, Any] | None:
    """The track of a URI; None if it is no longer in the catalog."""
    track = world.track(uri.removeprefix("spotify:track:"))
    return track_json(track) if track else None


def device_json(device: Device) -> dict[str, Any]:
    return {
        "id": device.id,
        "name": device.name,
        "type": device.type,
        "is_active": device.is_active,
        "is_restricted": device.is_restricted,
        "is_private_session": False,
        "supports_volume": device.volume is not None,
        "volume_percent": device.volume,
    }


def playlist_json(playlist: Playlist) -> dict[str, Any]:
    return {
        "id": playlist.id,
        "name": playlist.name,
        "description": playlist.description,
        "public": playlist.public,
        "uri": f"spotify:playlist:{playlist.id}",
        "external_urls": {"spotify": f"https://open.spotify.com/playlist/{playlist.id}"},
        "type": "playlist",
    }


def page_json(items: list[Any], query: dict[str, Any], address: str) -> dict[str, Any]:
    """One page of a list; `address` has neither limit nor offset."""
    limit, offset = query["limit"], query["offset"]
    after = offset + limit
    joint = "&" if "?" in address else "?"
    more = f"{address}{joint}limit={limit}&offset={after}" if after < len(items) else None
    page = {"items": items[offset:after], "total": len(items)}
    return page | {"limit": limit, "offset": offset, "next": more}
