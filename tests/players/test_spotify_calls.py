"""The client against the stand-in: each call, and each thing that can be wrong."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from musicalface.errors import SpotifyError
from musicalface.players.spotify import session as sessions
from musicalface.players.spotify import transport
from musicalface.players.spotify.answers import Answer
from musicalface.players.spotify.api import Api
from musicalface.players.spotify.problems import Problem, clock_time
from musicalface.players.spotify.session import Session
from musicalface.players.spotify.things import Playing
from tests.players.spotify_client import log_in
from tests.spotify import faults
from tests.spotify.faults import Fault
from tests.spotify.server import Server
from tests.spotify.world import World


def problem_of(call: Callable[[], object]) -> Problem:
    with pytest.raises(SpotifyError) as raised:
        call()
    return Problem[raised.value.problem]


def test_every_call_is_one_that_the_contract_knows(api: Api, world: World) -> None:
    first, second = world.add_track("Hello", "Adele"), world.add_track("Halo", "Beyoncé")
    device = world.add_device("Kitchen", is_active=True)
    assert api.me() == "A Listener"
    assert [track.title for track in api.search("hello")] == ["Hello"]
    assert api.track(second.id).artists == ("Beyoncé",)
    assert [each.name for each in api.devices()] == ["Kitchen"]
    assert api.playing() is None
    api.play([first.id, second.id], str(device.id))
    assert api.playing() == Playing(api.track(first.id), True, 0.0)
    api.queue(second.id, str(device.id))
    api.next()
    assert api.playing() == Playing(api.track(second.id), True, 0.0)
    api.pause()
    assert api.playing() == Playing(api.track(second.id), False, 0.0)
    playlist = api.new_playlist("Evening", "made up")
    api.add(playlist.id, [first.id, second.id])
    assert world.playlists[0].uris == [first.uri, second.uri]
    assert world.playlists[0].public is False
    api.like([first.id])
    assert api.liked([first.id, second.id]) == [True, False]
    saved = api.saved()
    assert ([track.id for track in saved.tracks], saved.total) == ([first.id], 1)


def test_more_than_a_call_takes_is_several_calls(api: Api, world: World) -> None:
    ids = [world.add_track(f"T {i}", "A").id for i in range(230)]
    api.add(api.new_playlist("Long", "").id, ids)
    assert len(world.playlists[0].uris) == 230
    api.like(ids[:90])
    assert api.liked(ids[:100]) == [True] * 90 + [False] * 10
    assert world.calls.total() == 1 + 3 + 3 + 3


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda world: None, Problem.DEVICE_GONE),
        (lambda world: setattr(world, "premium", False), Problem.PREMIUM),
        (lambda world: setattr(world, "owner_premium", False), Problem.OWNER_PREMIUM),
        (lambda world: setattr(world, "on_user_list", False), Problem.NOT_ON_LIST),
    ],
)
def test_what_spotify_refuses(
    api: Api, world: World, spoil: Callable[[World], None], problem: Problem
) -> None:
    track = world.add_track("Hello", "Adele")
    spoil(world)
    assert problem_of(lambda: api.play([track.id], "0" * 22)) is problem


def test_a_refusal_that_comes_as_plain_text(api: Api, world: World) -> None:
    text = "User not registered in the Developer Dashboard"
    world.fail(Fault("wrong_shape", status=403, body=text))
    assert problem_of(api.me) is Problem.NOT_ON_LIST
    assert Answer(403, 0, text.encode()).error().problem == Problem.NOT_ON_LIST.name


def test_a_command_without_a_device(api: Api) -> None:
    assert problem_of(api.pause) is Problem.NO_DEVICE


def test_a_scope_that_was_not_given(standin: Server, world: World, own_home: object) -> None:
    log_in(world)
    world.access = {
        token: access._replace(login=type(access.login)(("user-library-read",), access.login.at))
        for token, access in world.access.items()
    }
    with Session() as session:
        assert problem_of(Api(session).devices) is Problem.SCOPE


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
def test_what_goes_wrong_on_the_way(
    api: Api, world: World, monkeypatch: pytest.MonkeyPatch, fault: Fault, problem: Problem
) -> None:
    monkeypatch.setattr(sessions, "_PAUSES", (0.01, 0.01))
    world.fail(fault, times=9)
    assert problem_of(api.devices) is problem


def test_no_answer_in_time(api: Api, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_LONGEST", 0.3)
    world.fail(faults.trickle(1.0))
    started = time.monotonic()
    assert problem_of(api.devices) is Problem.OFFLINE
    assert time.monotonic() - started < 0.9
    time.sleep(1.0)  # until the late answer has come, and nobody takes it for another's
    assert api.me() == "A Listener"


def test_nobody_listens_there(api: Api, standin: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSICALFACE_SPOTIFY_API", "http://127.0.0.1:9")
    assert problem_of(api.me) is Problem.OFFLINE


@pytest.mark.parametrize("setting", ["socks5://127.0.0.1:9", "foo://x", "http://["])
def test_a_proxy_that_is_none(
    standin: Server, world: World, own_home: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    log_in(world)
    monkeypatch.setenv("ALL_PROXY", setting)
    with Session() as session:
        assert problem_of(Api(session).me) is Problem.OFFLINE


def test_an_answer_in_plain_words_is_a_success(api: Api, world: World) -> None:
    device = world.add_device("Kitchen", is_active=True)
    track = world.add_track("Hello", "Adele")
    world.fail(faults.plain_text("AAABkXyZ"), times=2)
    api.play([track.id], str(device.id))
    api.queue(track.id, str(device.id))
    assert (world.calls["play"], world.calls["queue"], len(world.queue)) == (1, 1, 1)
    world.fail(faults.login_page())
    assert problem_of(api.pause) is Problem.NOT_SPOTIFY


def test_a_token_is_in_no_sentence(standin: Server, world: World, own_home: Path) -> None:
    log_in(world)
    with Session() as session:
        session._token = "sec\nret"
        with pytest.raises(SpotifyError) as raised:
            session._send("GET", f"{standin.api}/me", {}, session._token)
    assert "sec" not in str(raised.value)


def test_trouble_that_passes_is_waited_out(
    api: Api, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "_PAUSES", (0.01, 0.01))
    world.fail(faults.status(502), times=2)
    assert api.devices() == []
    assert world.calls["devices"] == 3


def test_what_is_not_the_same_when_done_twice_is_not_tried_again(api: Api, world: World) -> None:
    world.fail(faults.status(502))
    assert problem_of(lambda: api.new_playlist("Once", "")) is Problem.TROUBLE
    world.fail(faults.drop())
    assert problem_of(lambda: api.new_playlist("Once", "")) is Problem.OFFLINE
    assert len(world.playlists) <= 1


def test_a_short_limit_is_waited_out(api: Api, world: World) -> None:
    world.rate_limit(1, retry_after=1)
    started = time.monotonic()
    assert api.me() == "A Listener"
    assert 1 <= time.monotonic() - started < 4


@pytest.mark.parametrize(
    ("retry_after", "told"), [(60, "again in 60 seconds"), (4 * 3600, "used up its quota until")]
)
def test_a_long_limit_returns_at_once(api: Api, world: World, retry_after: int, told: str) -> None:
    world.rate_limit(1, retry_after=retry_after)
    started = time.monotonic()
    with pytest.raises(SpotifyError, match=told) as raised:
        api.me()
    assert time.monotonic() - started < 1
    assert raised.value.until == pytest.approx(time.time() + retry_after, abs=5)


def test_a_limit_without_an_end_returns_at_once(api: Api, world: World) -> None:
    world.rate_limit_without_retry_after()
    assert problem_of(api.me) is Problem.BUSY


def test_a_quota_that_is_used_up_says_until_when(api: Api, world: World) -> None:
    world.quota_exceeded(4 * 3600)
    with pytest.raises(SpotifyError) as raised:
        api.search("hello")
    assert raised.value.problem == Problem.QUOTA.name
    assert clock_time(time.time() + 4 * 3600)[:2] in str(raised.value)


def test_an_address_that_would_send_tokens_in_the_clear(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    from musicalface.errors import InputError

    monkeypatch.setenv("MUSICALFACE_SPOTIFY_API", "http://example.org/v1")
    with pytest.raises(InputError, match="MUSICALFACE_SPOTIFY_API"):
        api.me()
