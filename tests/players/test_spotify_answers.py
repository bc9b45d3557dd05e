"""Invalid numbers in responses: they raise SpotifyError, and the login is kept."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from musicalface.errors import SpotifyError
from musicalface.players.spotify import client, token_store
from musicalface.players.spotify.api import SpotifyApi
from musicalface.players.spotify.api_objects import number_of
from musicalface.players.spotify.api_response import ApiResponse
from musicalface.players.spotify.client import SpotifyClient
from musicalface.players.spotify.search_cache import SearchCache
from musicalface.players.spotify.token_store import Credentials

NUMBERS = ["NaN", "Infinity", "1e999", "-1e999", "-1", "9" * 400, "9" * 5000, "true", '"60"', "[]"]
CALLS: dict[str, tuple[str, Callable[[SpotifyApi], object]]] = {
    "total": ('{"items": [], "total": %s}', SpotifyApi.saved_tracks),
    "progress_ms": ('{"is_playing": true, "progress_ms": %s}', SpotifyApi.playing),
    "expires_in": ('{"access_token": "a", "refresh_token": "b", "expires_in": %s}', SpotifyApi.me),
}


class Answering:
    """A fake transport that returns the same response to each request."""

    content = b""

    def send(self, *_: object, **__: object) -> ApiResponse:
        return ApiResponse(200, 0, self.content)

    def close(self) -> None:
        pass


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("name", CALLS)
def test_invalid_numbers_in_responses(
    name: str, number: str, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, call = CALLS[name]
    before = Credentials(
        "0" * 32, "abc", "def", 0 if name == "expires_in" else time.time() + 900, 1.7e9
    )
    token_store.save(before)
    monkeypatch.setattr(client, "Transport", Answering)
    monkeypatch.setattr(Answering, "content", (answer % number).encode())
    with SpotifyClient() as session:
        if (name, number) == ("progress_ms", "[]"):  # falsy, like null
            assert call(SpotifyApi(session))
            return
        with pytest.raises(SpotifyError):
            call(SpotifyApi(session))
    assert token_store.load() == before


@pytest.mark.parametrize("at", [float("nan"), float("inf"), -1.0, 1e12])
@pytest.mark.parametrize("name", ["expires_at", "since"])
def test_login_with_invalid_times_is_not_stored(at: float, name: str, own_home: Path) -> None:
    kept = Credentials("0" * 32, "abc", "def", 1.7e9, 1.7e9)
    token_store.save(kept)
    with pytest.raises(SpotifyError):
        token_store.save(Credentials(**{**vars(kept), name: at}))
    assert token_store.load() == kept


@pytest.mark.parametrize("until", [float("nan"), float("inf"), -1.0, 1e300])
def test_quota_with_an_invalid_end_is_ignored(until: float, own_home: Path) -> None:
    with SearchCache() as memory:
        memory.quota_until = until
        assert memory.quota_until == 0


def test_valid_numbers() -> None:
    assert [number_of(each, 10) for each in (0, 10, 2.5)] == [0, 10, 2.5]
