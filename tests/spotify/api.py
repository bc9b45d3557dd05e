"""The Web API's calls: who is let in, and what each one does to the world."""

import math
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from .answers import Answer, RefusalError, known_json, page_json, playlist_json, track_json
from .contract import Call
from .logins import Login
from .player import PLAYER
from .things import Playlist, made_id
from .world import Asked, World


def answer(world: World, call: Call, asked: Asked, token: str, address: str) -> Answer:
    """What the API answers to a request that keeps the contract; raises RefusalError.

    `address` is where the API's paths begin, for the addresses of next pages.
    """
    login = admitted(world, token)
    if call.scope and not set(call.scope) & set(login.scopes):
        raise RefusalError("scope_missing")
    if call.premium and not world.premium:
        raise RefusalError("premium_required")
    if call.name in PLAYER:
        return _of_player(call, PLAYER[call.name](world, asked))
    return Answer(call.status, HANDLERS[call.name](world, asked, login, address))


def _of_player(call: Call, body: Any) -> Answer:
    return Answer(204) if body is None else Answer(call.status, body)


def admitted(world: World, token: str) -> Login:
    """The login of an access token, if the app may be used at all; raises RefusalError."""
    if token not in world.access:
        raise RefusalError("token_unknown")
    login, ends = world.access[token]
    if world.now() >= ends:
        raise RefusalError("token_expired")
    if world.now() < world.quota_ends:
        raise RefusalError("quota", math.ceil(world.quota_ends - world.now()))
    if not world.owner_premium:
        raise RefusalError("owner_premium")
    if not world.on_user_list:
        raise RefusalError("not_on_user_list")
    return login


def _search(world: World, asked: Asked, login: Login, address: str) -> Any:
    found = [track_json(track) for track in world.tracks if track.fits(asked.query["q"])]
    same = f"{address}/search?q={quote(asked.query['q'])}&type=track"
    return {"tracks": page_json(found, asked.query, same)}


def _track(world: World, asked: Asked, login: Login, address: str) -> Any:
    track = world.track(asked.query["id"])
    if not track:
        raise RefusalError("not_found")
    return track_json(track)


def _me(world: World, asked: Asked, login: Login, address: str) -> Any:
    return vars(world.account)


def _new_playlist(world: World, asked: Asked, login: Login, address: str) -> Any:
    _needs(login, asked.body["public"])
    id_ = made_id("playlist", str(len(world.playlists)))
    playlist = Playlist(id=id_, **asked.body)
    world.playlists.append(playlist)
    return playlist_json(playlist)


def _add_items(world: World, asked: Asked, login: Login, address: str) -> Any:
    for playlist in world.playlists:
        if playlist.id == asked.query["id"]:
            _needs(login, playlist.public)
            playlist.uris += asked.body["uris"]
            return {"snapshot_id": made_id(*playlist.uris)}
    raise RefusalError("not_found")


def _needs(login: Login, public: bool) -> None:
    if f"playlist-modify-{'public' if public else 'private'}" not in login.scopes:
        raise RefusalError("scope_missing")


def _like(world: World, asked: Asked, login: Login, address: str) -> Any:
    world.like(*asked.query["uris"])


def _liked(world: World, asked: Asked, login: Login, address: str) -> Any:
    return [uri in world.liked for uri in asked.query["uris"]]


def _liked_songs(world: World, asked: Asked, login: Login, address: str) -> Any:
    newest_first = sorted(world.liked.items(), key=lambda item: item[1], reverse=True)
    items = [{"added_at": at, "track": known_json(world, uri)} for uri, at in newest_first]
    return page_json(items, asked.query, f"{address}/me/tracks")


Handler = Callable[[World, Asked, Login, str], Any]

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
