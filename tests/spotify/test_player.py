"""Player of the fake server: devices, playback, and rejected commands."""

import httpx
import pytest

from .objects import made_id
from .server import Server
from .state import SpotifyState

URIS = [f"spotify:track:{made_id(str(number))}" for number in range(3)]
PLAY = {"uris": URIS}


def error(answer: httpx.Response) -> dict[str, object]:
    return dict(answer.json()["error"])


def test_nothing_plays_at_first(client: httpx.Client) -> None:
    answer = client.get("/me/player")
    assert (answer.status_code, answer.content) == (204, b"")


def test_play_on_a_device_makes_it_active(
    client: httpx.Client, spotify_state: SpotifyState
) -> None:
    spotify_state.add_device("Phone", is_active=True)
    laptop = spotify_state.add_device("Laptop")
    answer = client.put("/me/player/play", params={"device_id": laptop.id}, json=PLAY)
    assert (answer.status_code, answer.content) == (204, b"")
    listed = client.get("/me/player/devices").json()["devices"]
    assert [(each["name"], each["is_active"]) for each in listed] == [
        ("Phone", False),
        ("Laptop", True),
    ]
    assert spotify_state.playback is not None
    assert (spotify_state.playback.uris, spotify_state.playback.device) == (URIS, laptop)
    assert spotify_state.calls["play"] == 1


def test_pause_next_and_queue(client: httpx.Client, spotify_state: SpotifyState) -> None:
    spotify_state.add_device("Phone", is_active=True)
    song = spotify_state.add_track("Halo", "Beyoncé")
    client.put("/me/player/play", json={"uris": [URIS[0], song.uri]})
    assert client.post("/me/player/queue", params={"uri": URIS[1]}).status_code == 204
    assert spotify_state.queue == [URIS[1]]
    assert client.post("/me/player/next").status_code == 204
    assert client.get("/me/player").json()["item"] is None, "the catalogue has no such song"
    client.post("/me/player/next")
    assert client.put("/me/player/pause").status_code == 204
    state = client.get("/me/player").json()
    assert (state["item"]["uri"], state["is_playing"]) == (song.uri, False)
    client.post("/me/player/next")
    assert client.get("/me/player").status_code == 204


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/me/player/play", PLAY),
        ("POST", f"/me/player/queue?uri={URIS[0]}", None),
        ("PUT", "/me/player/pause", None),
        ("POST", "/me/player/next", None),
    ],
)
def test_commands_need_a_device_and_premium(
    client: httpx.Client, spotify_state: SpotifyState, method: str, path: str, body: object
) -> None:
    spotify_state.add_device("Phone")
    assert error(client.request(method, path, json=body)) == {
        "status": 404,
        "message": "Player command failed: No active device found",
        "reason": "NO_ACTIVE_DEVICE",
    }
    spotify_state.premium = False
    assert error(client.request(method, path, json=body)) == {
        "status": 403,
        "message": "Player command failed: Premium required",
        "reason": "PREMIUM_REQUIRED",
    }


def test_free_account_may_list_devices(client: httpx.Client, spotify_state: SpotifyState) -> None:
    spotify_state.premium = False
    spotify_state.add_device("Phone", id=None)
    assert client.get("/me/player/devices").json()["devices"][0]["id"] is None


def test_stale_device_is_listed_until_used(
    client: httpx.Client, spotify_state: SpotifyState
) -> None:
    phone = spotify_state.add_device("Phone", is_active=True)
    spotify_state.vanish(str(phone.id))
    assert len(client.get("/me/player/devices").json()["devices"]) == 1
    answer = client.put("/me/player/play", params={"device_id": phone.id}, json=PLAY)
    assert error(answer) == {"status": 404, "message": "Device not found"}
    assert client.get("/me/player/devices").json()["devices"] == []


def test_device_can_vanish_immediately(client: httpx.Client, spotify_state: SpotifyState) -> None:
    phone = spotify_state.add_device("Phone")
    spotify_state.vanish(str(phone.id), listed=False)
    assert client.get("/me/player/devices").json()["devices"] == []


def test_restricted_device_must_be_skipped(
    client: httpx.Client, spotify_state: SpotifyState, fake_spotify: Server
) -> None:
    tv = spotify_state.add_device("TV", is_restricted=True)
    client.put("/me/player/play", params={"device_id": tv.id}, json=PLAY)
    assert fake_spotify.violations == ["play: TV is restricted and must be skipped."]
    fake_spotify.violations.clear()
