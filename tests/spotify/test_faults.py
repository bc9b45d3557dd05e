"""What goes wrong on the way, over HTTP."""

import time

import httpx
import pytest

from . import faults
from .server import Server
from .world import World


def test_rate_limits_pass(client: httpx.Client, world: World) -> None:
    world.rate_limit(next_n=2, retry_after=3)
    world.rate_limit_without_retry_after()
    answers = [client.get("/me") for _ in range(4)]
    assert [each.status_code for each in answers] == [429, 429, 429, 200]
    assert [each.headers.get("Retry-After") for each in answers] == ["3", "3", None, None]
    assert "reason" not in answers[0].json()["error"]
    assert world.calls["me"] == 4


def test_a_quota_ends_by_the_worlds_clock(client: httpx.Client, world: World) -> None:
    world.token_lifetime = 24 * 3600
    client.headers["Authorization"] = f"Bearer {world.log_in().access}"
    world.quota_exceeded(retry_after=7200)
    answer = client.get("/me")
    assert answer.status_code == 429
    assert answer.json()["error"]["reason"] == "QUOTA_EXCEEDED"
    assert answer.headers["Retry-After"] == "7200"
    world.advance(7201)
    assert client.get("/me").status_code == 200


@pytest.mark.parametrize("code", [500, 502, 503])
def test_a_server_error_comes_as_often_as_said(
    client: httpx.Client, world: World, code: int
) -> None:
    world.fail(faults.status(code), times=2)
    assert [client.get("/me").status_code for _ in range(3)] == [code, code, 200]


def test_a_fault_can_wait_for_one_operation(client: httpx.Client, world: World) -> None:
    world.fail(faults.status(503), on="devices")
    assert client.get("/me").status_code == 200
    assert client.get("/me/player/devices").status_code == 503
    assert world.faults == []


def test_a_slow_answer_is_late_though_the_deed_is_done(client: httpx.Client, world: World) -> None:
    world.fail(faults.slow(0.2), on="new_playlist")
    with pytest.raises(httpx.ReadTimeout):
        client.post("/me/playlists", json={"name": "Happy"}, timeout=0.05)
    assert len(world.playlists) == 1
    world.fail(faults.slow(0.1))
    begun = time.monotonic()
    assert client.get("/me").status_code == 200
    assert time.monotonic() - begun >= 0.1


def test_a_dropped_connection_ends_in_the_middle(client: httpx.Client, world: World) -> None:
    world.fail(faults.drop())
    with pytest.raises(httpx.RemoteProtocolError):
        client.get("/me")
    assert client.get("/me").status_code == 200


def test_a_hotel_answers_with_its_page(client: httpx.Client, world: World) -> None:
    world.fail(faults.login_page())
    answer = client.get("/me")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")


def test_a_hotel_sends_elsewhere(client: httpx.Client, world: World, standin: Server) -> None:
    world.fail(faults.redirect_to_portal())
    answer = client.get("/me")
    assert answer.status_code == 302
    httpx.get(f"http://127.0.0.1:{standin.port}/portal", headers=client.headers)
    assert answer.headers["location"] == f"http://localhost:{standin.port}/portal"
    assert standin.violations == ["A token was sent to a page that is not Spotify's."]
    standin.violations.clear()


def test_bodies_that_are_not_what_they_say(client: httpx.Client, world: World) -> None:
    world.fail(faults.not_json())
    with pytest.raises(ValueError):
        client.get("/me").json()
    world.fail(faults.wrong_shape())
    assert client.get("/me").json() == {"unexpected": [1]}
    world.fail(faults.wrong_shape([]))
    assert client.get("/me").json() == []


def test_a_huge_body_has_no_end_in_sight(client: httpx.Client, world: World) -> None:
    world.fail(faults.huge(megabytes=64))
    with client.stream("GET", "/me") as answer:
        assert "content-length" not in answer.headers
        chunks = answer.iter_bytes(1 << 20)
        assert [len(next(chunks)) for _ in range(3)] == [1 << 20] * 3


def test_a_trickle_is_never_late_and_takes_long(client: httpx.Client, world: World) -> None:
    world.fail(faults.trickle(0.3))
    begun = time.monotonic()
    assert client.get("/me", timeout=0.2).json() == {}
    assert time.monotonic() - begun >= 0.3


def test_faults_concern_tokens_too(accounts: httpx.Client, world: World) -> None:
    form = {"grant_type": "refresh_token", "refresh_token": world.log_in().refresh}
    form["client_id"] = world.client_id
    world.rate_limit(on="refresh")
    world.fail(faults.status(502))
    assert [accounts.post("/api/token", data=form).status_code for _ in range(3)] == [429, 502, 200]
    assert world.calls["refresh"] == 3
