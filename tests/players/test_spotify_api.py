"""The Spotify client against the fake server: each call, and each error."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from musicalface.errors import SpotifyError
from musicalface.players.spotify import client, http_transport
from musicalface.players.spotify.api import SpotifyApi
from musicalface.players.spotify.api_objects import PlaybackState
from musicalface.players.spotify.api_response import ApiResponse
from musicalface.players.spotify.client import SpotifyClient
from musicalface.players.spotify.spotify_errors import Problem, clock_time
from tests.players.spotify_client import log_in
from tests.spotify import faults
from tests.spotify.faults import Fault
from tests.spotify.server import Server
from tests.spotify.state import SpotifyState


def problem_of(call: Callable[[], object]) -> Problem:
    with pytest.raises(SpotifyError) as raised:
        call()
    return Problem[raised.value.problem]


def test_every_call_follows_the_contract(api: SpotifyApi, spotify_state: SpotifyState) -> None:
    first, second = (
        spotify_state.add_track("Hello", "Adele"),
        spotify_state.add_track("Halo", "Beyoncé"),
    )
    device = spotify_state.add_device("Kitchen", is_active=True)
    assert api.me() == "A Listener"
    assert [track.title for track in api.search("hello")] == ["Hello"]
    assert api.track(second.id).artists == ("Beyoncé",)
    assert [each.name for each in api.devices()] == ["Kitchen"]
    assert api.playing() is None
    api.play([first.id, second.id], str(device.id))
    (kitchen,) = api.devices()
    assert api.playing() == PlaybackState(api.track(first.id), True, 0.0, kitchen)
    api.queue(second.id, str(device.id))
    api.next()
    assert api.playing() == PlaybackState(api.track(second.id), True, 0.0, kitchen)
    api.pause()
    assert api.playing() == PlaybackState(api.track(second.id), False, 0.0, kitchen)
    playlist = api.new_playlist("Evening", "made up")
    api.add(playlist.id, [first.id, second.id])
    assert spotify_state.playlists[0].uris == [first.uri, second.uri]
    assert spotify_state.playlists[0].public is False
    api.like([first.id])
    assert api.liked([first.id, second.id]) == [True, False]
    saved = api.saved_tracks()
    assert ([track.id for track in saved.tracks], saved.total) == ([first.id], 1)


def test_long_lists_are_chunked(api: SpotifyApi, spotify_state: SpotifyState) -> None:
    ids = [spotify_state.add_track(f"T {i}", "A").id for i in range(230)]
    api.add(api.new_playlist("Long", "").id, ids)
    assert len(spotify_state.playlists[0].uris) == 230
    api.like(ids[:90])
    assert api.liked(ids[:100]) == [True] * 90 + [False] * 10
    assert spotify_state.calls.total() == 1 + 3 + 3 + 3


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda spotify_state: None, Problem.DEVICE_GONE),
        (lambda spotify_state: setattr(spotify_state, "premium", False), Problem.PREMIUM),
        (
            lambda spotify_state: setattr(spotify_state, "owner_premium", False),
            Problem.OWNER_PREMIUM,
        ),
        (lambda spotify_state: setattr(spotify_state, "on_user_list", False), Problem.NOT_ON_LIST),
    ],
)
def test_refused_requests(
    api: SpotifyApi,
    spotify_state: SpotifyState,
    spoil: Callable[[SpotifyState], None],
    problem: Problem,
) -> None:
    track = spotify_state.add_track("Hello", "Adele")
    spoil(spotify_state)
    assert problem_of(lambda: api.play([track.id], "0" * 22)) is problem


def test_error_in_plain_text(api: SpotifyApi, spotify_state: SpotifyState) -> None:
    text = "User not registered in the Developer Dashboard"
    spotify_state.fail(Fault("wrong_shape", status=403, body=text))
    assert problem_of(api.me) is Problem.NOT_ON_LIST
    assert ApiResponse(403, 0, text.encode()).error().problem == Problem.NOT_ON_LIST.name


def test_command_without_a_device(api: SpotifyApi) -> None:
    assert problem_of(api.pause) is Problem.NO_DEVICE


def test_missing_scope(fake_spotify: Server, spotify_state: SpotifyState, own_home: object) -> None:
    log_in(spotify_state)
    spotify_state.access = {
        token: access._replace(login=type(access.login)(("user-library-read",), access.login.at))
        for token, access in spotify_state.access.items()
    }
    with SpotifyClient() as session:
        assert problem_of(SpotifyApi(session).devices) is Problem.SCOPE


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (faults.status(503), Problem.TROUBLE),
        (faults.drop(), Problem.OFFLINE),
        (faults.login_page(), Problem.NOT_SPOTIFY),
        (faults.redirect_to_portal(), Problem.NOT_SPOTIFY),
        (faults.not_json(), Problem.NOT_SPOTIFY),
        (faults.wrong_shape(), Problem.OURS),
        (faults.wrong_shape({"devices": [{"id": 3}]}), Problem.OURS),
        (faults.wrong_shape([]), Problem.OURS),
        (faults.wrong_shape("text"), Problem.OURS),
        (faults.huge(8), Problem.NOT_SPOTIFY),
        (faults.status(418), Problem.NOT_SPOTIFY),
    ],
)
def test_network_faults(
    api: SpotifyApi,
    spotify_state: SpotifyState,
    monkeypatch: pytest.MonkeyPatch,
    fault: Fault,
    problem: Problem,
) -> None:
    monkeypatch.setattr(client, "_RETRY_DELAYS", (0.01, 0.01))
    spotify_state.fail(fault, times=9)
    assert problem_of(api.devices) is problem


def test_response_timeout(
    api: SpotifyApi, spotify_state: SpotifyState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_transport, "_TOTAL_TIMEOUT", 0.3)
    spotify_state.fail(faults.trickle(1.0))
    assert problem_of(api.devices) is Problem.OFFLINE
    time.sleep(1.0)  # until the late answer has come, and nobody takes it for another's
    assert api.me() == "A Listener"


def test_connection_refused(
    api: SpotifyApi, fake_spotify: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSICALFACE_SPOTIFY_API", "http://127.0.0.1:9")
    assert problem_of(api.me) is Problem.OFFLINE


@pytest.mark.parametrize("setting", ["socks5://127.0.0.1:9", "foo://x", "http://["])
def test_invalid_proxy(
    fake_spotify: Server,
    spotify_state: SpotifyState,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    setting: str,
) -> None:
    log_in(spotify_state)
    monkeypatch.setenv("ALL_PROXY", setting)
    with SpotifyClient() as session:
        assert problem_of(SpotifyApi(session).me) is Problem.OFFLINE


def test_plain_text_success(api: SpotifyApi, spotify_state: SpotifyState) -> None:
    device = spotify_state.add_device("Kitchen", is_active=True)
    track = spotify_state.add_track("Hello", "Adele")
    spotify_state.fail(faults.plain_text("AAABkXyZ"), times=2)
    api.play([track.id], str(device.id))
    api.queue(track.id, str(device.id))
    assert (
        spotify_state.calls["play"],
        spotify_state.calls["queue"],
        len(spotify_state.queue),
    ) == (1, 1, 1)
    spotify_state.fail(faults.login_page())
    assert problem_of(api.pause) is Problem.NOT_SPOTIFY


def test_errors_contain_no_token(
    fake_spotify: Server, spotify_state: SpotifyState, own_home: Path
) -> None:
    log_in(spotify_state)
    with SpotifyClient() as session:
        session._token = "sec\nret"
        with pytest.raises(SpotifyError) as raised:
            session._send("GET", f"{fake_spotify.api}/me", {}, session._token)
    assert "sec" not in str(raised.value)


def test_temporary_errors_are_retried(
    api: SpotifyApi, spotify_state: SpotifyState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_RETRY_DELAYS", (0.01, 0.01))
    spotify_state.fail(faults.status(502), times=2)
    assert api.devices() == []
    assert spotify_state.calls["devices"] == 3


def test_non_idempotent_calls_are_not_retried(api: SpotifyApi, spotify_state: SpotifyState) -> None:
    spotify_state.fail(faults.status(502))
    assert problem_of(lambda: api.new_playlist("Once", "")) is Problem.TROUBLE
    spotify_state.fail(faults.drop())
    assert problem_of(lambda: api.new_playlist("Once", "")) is Problem.OFFLINE
    assert len(spotify_state.playlists) <= 1


def test_short_rate_limit_is_waited_out(api: SpotifyApi, spotify_state: SpotifyState) -> None:
    spotify_state.rate_limit(1, retry_after=1)
    started = time.monotonic()
    assert api.me() == "A Listener"
    assert time.monotonic() - started >= 1


@pytest.mark.parametrize(
    ("retry_after", "told"), [(60, "again in 60 seconds"), (4 * 3600, "used up its quota until")]
)
def test_long_rate_limit_fails_immediately(
    api: SpotifyApi, spotify_state: SpotifyState, retry_after: int, told: str
) -> None:
    spotify_state.rate_limit(1, retry_after=retry_after)
    started = time.monotonic()
    with pytest.raises(SpotifyError, match=told) as raised:
        api.me()
    assert time.monotonic() - started < 30
    assert raised.value.until == pytest.approx(time.time() + retry_after, abs=5)


def test_rate_limit_without_retry_after_fails_immediately(
    api: SpotifyApi, spotify_state: SpotifyState
) -> None:
    spotify_state.rate_limit_without_retry_after()
    assert problem_of(api.me) is Problem.BUSY


def test_exceeded_quota_reports_its_end(api: SpotifyApi, spotify_state: SpotifyState) -> None:
    spotify_state.quota_exceeded(4 * 3600)
    with pytest.raises(SpotifyError) as raised:
        api.search("hello")
    assert raised.value.problem == Problem.QUOTA.name
    assert clock_time(time.time() + 4 * 3600)[:2] in str(raised.value)


def test_insecure_api_address_is_rejected(api: SpotifyApi, monkeypatch: pytest.MonkeyPatch) -> None:
    from musicalface.errors import InputError

    monkeypatch.setenv("MUSICALFACE_SPOTIFY_API", "http://example.org/v1")
    with pytest.raises(InputError, match="MUSICALFACE_SPOTIFY_API"):
        api.me()
