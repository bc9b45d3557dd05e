"""Fuzz targets: Spotify's responses, and the login file."""

import json
import time
from pathlib import Path
from typing import Any

from musicalface.errors import MusicalFaceError
from musicalface.players.spotify import token_store
from musicalface.players.spotify.api import SpotifyApi
from musicalface.players.spotify.api_response import ApiResponse
from musicalface.players.spotify.client import SpotifyClient
from musicalface.players.spotify.token_refresh import request_tokens
from musicalface.players.spotify.token_store import Credentials

from .target import Target, require_sentence, written

_CLIENT = "0" * 32
_STATUSES = (400, 401, 403, 404, 429, 500, 302)
_TRACK = {
    "id": "0123456789abcdefghijkl",
    "name": "A Song",
    "artists": [{"name": "The Singer"}],
    "album": {"name": "An Album", "images": [{"url": "https://i.scdn.co/image/1"}]},
}
_ANSWERS: tuple[Any, ...] = (
    {"tracks": {"items": [_TRACK]}},
    _TRACK,
    {"id": "listener", "display_name": "A Listener"},
    {"devices": [{"id": "d", "name": "n", "type": "t", "is_active": True, "is_restricted": False}]},
    {"item": _TRACK, "is_playing": True, "progress_ms": 1000},
    {"items": [{"track": _TRACK, "added_at": "2026-01-01T00:00:00Z"}], "total": 1},
    {"id": "0123456789", "external_urls": {"spotify": "https://open.spotify.com/playlist/1"}},
    [True, False],
    {"error": {"status": 403, "message": "Premium required", "reason": "PREMIUM_REQUIRED"}},
)
_TOKENS = {"access_token": "abc", "refresh_token": "def", "expires_in": 3600}


class _Transport:
    """Returns the same bytes for every request."""

    def __init__(self, content: bytes) -> None:
        self._answer = ApiResponse(200, 0, content)

    def send(self, *_: object, **__: object) -> ApiResponse:
        return self._answer

    def close(self) -> None:
        pass


def _read_answer(content: bytes, _: Path) -> None:
    """Uses the content as the response to each API call, and as the body of each error."""
    token_store.save(Credentials(_CLIENT, "abc", "def", time.time() + 9999, time.time()))
    with SpotifyClient() as session:
        session._transport = _Transport(content)  # type: ignore[assignment]
        api = SpotifyApi(session)
        for call in (
            lambda: api.search("words"),
            lambda: api.track("1"),
            api.me,
            api.devices,
            api.playing,
            api.saved_tracks,
            lambda: api.liked(["1", "2"]),
            lambda: api.new_playlist("name", "description"),
            api.pause,
        ):
            _either(call)
    for status in _STATUSES:
        assert str(ApiResponse(status, 0, content).error())


def _either(call: Any) -> None:
    try:
        call()
    except MusicalFaceError as error:
        require_sentence(error)


def _read_tokens(content: bytes, _: Path) -> None:
    """Accepted tokens must survive saving and loading."""
    before = Credentials(_CLIENT, "abc", "def", 0, time.time())
    found = request_tokens(_Transport(content), _CLIENT, {}, before)  # type: ignore[arg-type]
    token_store.save(found)
    assert token_store.load() == found


def _read_login(content: bytes, folder: Path) -> None:
    written(content, folder / "home" / "spotify" / "login.json")
    token_store.load()


def _login_files() -> list[bytes]:
    facts = {"client_id": _CLIENT, "expires_at": 2e9, "since": 1.7e9}
    return [json.dumps(facts | {"access_token": "abc", "refresh_token": "def"}).encode()]


TARGETS = (
    Target("spotify-answers", _read_answer, lambda: [json.dumps(a).encode() for a in _ANSWERS]),
    Target("spotify-tokens", _read_tokens, lambda: [json.dumps(_TOKENS).encode()]),
    Target("login-file", _read_login, _login_files),
)
