"""Web API of the fake server: authorization, and a handler for each call."""

import math
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from .contract import Call
from .logins import Login
from .objects import Playlist, made_id
from .player import PLAYER
from .responses import ContractError, FakeResponse, known_json, page_json, playlist_json, track_json
from .state import RecordedRequest, SpotifyState


def answer(
    world: SpotifyState, call: Call, recorded: RecordedRequest, token: str, address: str
) -> FakeResponse:
    """The response to a request that follows the contract; raises ContractError.

    `address` is the base URL of the API, for the links to next pages.
    """
    login = admitted(world, token)
    if call.scope and not set(call.scope) & set(login.scopes):
        raise ContractError("scope_missing")
    if call.premium and not world.premium:
        raise ContractError("premium_required")
    if call.name in PLAYER:
        return _of_player(call, PLAYER[call.name](world, recorded))
    return FakeResponse(call.status, HANDLERS[call.name](world, recorded, login, address))


def _of_player(call: Call, body: Any) -> FakeResponse:
    return FakeResponse(204) if body is None else FakeResponse(call.status, body)


def admitted(world: SpotifyState, token: str) -> Login:
    """The login of an access token; raises ContractError if it is invalid or the app is blocked."""
    if token not in world.access:
        raise ContractError("token_unknown")
    login, ends = world.access[token]
    if world.now() >= ends:
        raise ContractError("token_expired")
    if world.now() < world.quota_ends:
        raise ContractError("quota", math.ceil(world.quota_ends - world.now()))
    if not world.owner_premium:
        raise ContractError("owner_premium")
    if not world.on_user_list:
        raise ContractError("not_on_user_list")
    return login


def _search(world: SpotifyState, recorded: RecordedRequest, login: Login, address: str) -> Any:
    found = [track_json(track) for track in world.tracks if track.fits(recorded.query["q"])]
    same = f"{address}/search?q={quote(recorded.query['q'])}&type=track"
    return {"tracks": page_json(found, recorded.query, same)}


def _track(world: SpotifyState, recorded: RecordedRequest, login: Login, address: str) -> Any:
    track = world.track(recorded.query["id"])
    if not track:
        raise ContractError("not_found")
    return track_json(track)


def _me(world: SpotifyState, recorded: RecordedRequest, login: Login, address: str) -> Any:
    return vars(world.account)


def _new_playlist(
    world: SpotifyState, recorded: RecordedRequest, login: Login, address: str
) -> Any:
    _needs(login, recorded.body["public"])
    id_ = made_id("playlist", str(len(world.playlists)))
    playlist = Playlist(id=id_, **recorded.body)
    world.playlists.append(playlist)
    return playlist_json(playlist)


def _add_items(world: SpotifyState, recorded: RecordedRequest, login: Login, address: str) -> Any:
    for playlist in world.playlists:
        if playlist.id == recorded.query["id"]:
            _needs(login, playlist.public)
            playlist.uris += recorded.body["uris"]
            return {"snapshot_id": made_id(*playlist.uris)}
    raise ContractError("not_found")


def _needs(login: Login, public: bool) -> None:
    if f"playlist-modify-{'public' if public else 'private'}" not in login.scopes:
        raise ContractError("scope_missing")


def _like(world: SpotifyState, recorded: RecordedRequest, login: Login, address: str) -> Any:
    world.like(*recorded.query["uris"])


def _liked(world: SpotifyState, recorded: RecordedRequest, login: Login, address: str) -> Any:
    return [uri in world.liked for uri in recorded.query["uris"]]


def _liked_songs(world: SpotifyState, recorded: RecordedRequest, login: Login, address: str) -> Any:
    newest_first = sorted(world.liked.items(), key=lambda item: item[1], reverse=True)
    items = [{"added_at": at, "track": known_json(world, uri)} for uri, at in newest_first]
    return page_json(items, recorded.query, f"{address}/me/tracks")


Handler = Callable[[SpotifyState, RecordedRequest, Login, str], Any]

HANDLERS: dict[str, Handler] = {
    "search": _search,
    "track": _track,
    "me": _me,
    "new_playlist": _new_playlist,
    "add_items": _add_items,
    "like": _like,
    "liked": _liked,
    "liked_songs": _liked_songs,
}
