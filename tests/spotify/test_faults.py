"""Faults of the fake server over HTTP."""

import time

import httpx
import pytest

from . import faults
from .server import Server
from .state import SpotifyState


def test_rate_limits_end(client: httpx.Client, spotify_state: SpotifyState) -> None:
    spotify_state.rate_limit(next_n=2, retry_after=3)
    spotify_state.rate_limit_without_retry_after()
    answers = [client.get("/me") for _ in range(4)]
    assert [each.status_code for each in answers] == [429, 429, 429, 200]
    assert [each.headers.get("Retry-After") for each in answers] == ["3", "3", None, None]
    assert "reason" not in answers[0].json()["error"]
    assert spotify_state.calls["me"] == 4


def test_quota_ends_by_the_simulated_clock(
    client: httpx.Client, spotify_state: SpotifyState
) -> None:
    spotify_state.token_lifetime = 24 * 3600
    client.headers["Authorization"] = f"Bearer {spotify_state.log_in().access}"
    spotify_state.quota_exceeded(retry_after=7200)
    answer = client.get("/me")
    assert answer.status_code == 429
    assert answer.json()["error"]["reason"] == "QUOTA_EXCEEDED"
    assert answer.headers["Retry-After"] == "7200"
    spotify_state.advance(7201)
    assert client.get("/me").status_code == 200


@pytest.mark.parametrize("code", [500, 502, 503])
def test_server_error_repeats_as_configured(
    client: httpx.Client, spotify_state: SpotifyState, code: int
) -> None:
    spotify_state.fail(faults.status(code), times=2)
    assert [client.get("/me").status_code for _ in range(3)] == [code, code, 200]


def test_fault_for_one_operation(client: httpx.Client, spotify_state: SpotifyState) -> None:
    spotify_state.fail(faults.status(503), on="devices")
    assert client.get("/me").status_code == 200
    assert client.get("/me/player/devices").status_code == 503
    assert spotify_state.faults == []


def test_slow_response_still_executes_the_call(
    client: httpx.Client, spotify_state: SpotifyState
) -> None:
    spotify_state.fail(faults.slow(0.2), on="new_playlist")
    with pytest.raises(httpx.ReadTimeout):
        client.post("/me/playlists", json={"name": "Happy"}, timeout=0.05)
    assert len(spotify_state.playlists) == 1
    spotify_state.fail(faults.slow(0.1))
    begun = time.monotonic()
    assert client.get("/me").status_code == 200
    assert time.monotonic() - begun >= 0.1


def test_connection_dropped_in_mid_response(
    client: httpx.Client, spotify_state: SpotifyState
) -> None:
    spotify_state.fail(faults.drop())
    with pytest.raises(httpx.RemoteProtocolError):
        client.get("/me")
    assert client.get("/me").status_code == 200


def test_captive_portal_page(client: httpx.Client, spotify_state: SpotifyState) -> None:
    spotify_state.fail(faults.login_page())
    answer = client.get("/me")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")


def test_captive_portal_redirect(
    client: httpx.Client, spotify_state: SpotifyState, fake_spotify: Server
) -> None:
    spotify_state.fail(faults.redirect_to_portal())
    answer = client.get("/me")
    assert answer.status_code == 302
    httpx.get(f"http://127.0.0.1:{fake_spotify.port}/portal", headers=client.headers)
    assert answer.headers["location"] == f"http://localhost:{fake_spotify.port}/portal"
    assert fake_spotify.violations == ["A token was sent to a page that is not Spotify's."]
    fake_spotify.violations.clear()


def test_wrong_response_bodies(client: httpx.Client, spotify_state: SpotifyState) -> None:
    spotify_state.fail(faults.not_json())
    with pytest.raises(ValueError):
        client.get("/me").json()
    spotify_state.fail(faults.wrong_shape())
    assert client.get("/me").json() == {"unexpected": [1]}
    spotify_state.fail(faults.wrong_shape([]))
    assert client.get("/me").json() == []


def test_huge_response_body(client: httpx.Client, spotify_state: SpotifyState) -> None:
    spotify_state.fail(faults.huge(megabytes=64))
    with client.stream("GET", "/me") as answer:
        assert "content-length" not in answer.headers
        chunks = answer.iter_bytes(1 << 20)
        assert [len(next(chunks)) for _ in range(3)] == [1 << 20] * 3


def test_trickling_response_body(client: httpx.Client, spotify_state: SpotifyState) -> None:
    spotify_state.fail(faults.trickle(0.3))
    begun = time.monotonic()
    assert client.get("/me", timeout=0.2).json() == {}
    assert time.monotonic() - begun >= 0.3


def test_faults_apply_to_token_requests(
    accounts: httpx.Client, spotify_state: SpotifyState
) -> None:
    form = {"grant_type": "refresh_token", "refresh_token": spotify_state.log_in().refresh}
    form["client_id"] = spotify_state.client_id
    spotify_state.rate_limit(on="refresh")
    spotify_state.fail(faults.status(502))
    assert [accounts.post("/api/token", data=form).status_code for _ in range(3)] == [429, 502, 200]
    assert spotify_state.calls["refresh"] == 3
