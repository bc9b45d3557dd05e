"""The stand-in's player: devices, what plays, and what it refuses."""

import httpx
import pytest

from .server import Server
from .things import made_id
from .world import World

URIS = [f"spotify:track:{made_id(str(number))}" for number in range(3)]
PLAY = {"uris": URIS}


def error(answer: httpx.Response) -> dict[str, object]:
    return dict(answer.json()["error"])


def test_nothing_plays_at_first(client: httpx.Client) -> None:
    answer = client.get("/me/player")
    assert (answer.status_code, answer.content) == (204, b"")


def test_play_on_a_device_makes_it_active(client: httpx.Client, world: World) -> None:
    world.add_device("Phone", is_active=True)
    laptop = world.add_device("Laptop")
    answer = client.put("/me/player/play", params={"device_id": laptop.id}, json=PLAY)
    assert (answer.status_code, answer.content) == (204, b"")
    listed = client.get("/me/player/devices").json()["devices"]
    assert [(each["name"], each["is_active"]) for each in listed] == [
        ("Phone", False),
        ("Laptop", True),
    ]
    assert world.playback is not None
    assert (world.playback.uris, world.playback.device) == (URIS, laptop)
    assert world.calls["play"] == 1


def test_pause_next_and_queue(client: httpx.Client, world: World) -> None:
    world.add_device("Phone", is_active=True)
    song = world.add_track("Halo", "Beyoncé")
    client.put("/me/player/play", json={"uris": [URIS[0], song.uri]})
    assert client.post("/me/player/queue", params={"uri": URIS[1]}).status_code == 204
    assert world.queue == [URIS[1]]
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
    client: httpx.Client, world: World, method: str, path: str, body: object
) -> None:
    world.add_device("Phone")
    assert error(client.request(method, path, json=body)) == {
        "status": 404,
        "message": "Player command failed: No active device found",
        "reason": "NO_ACTIVE_DEVICE",
    }
    world.premium = False
    assert error(client.request(method, path, json=body)) == {
        "status": 403,
        "message": "Player command failed: Premium required",
        "reason": "PREMIUM_REQUIRED",
    }


def test_a_free_listener_may_ask_for_devices(client: httpx.Client, world: World) -> None:
    world.premium = False
    world.add_device("Phone", id=None)
    assert client.get("/me/player/devices").json()["devices"][0]["id"] is None


def test_a_stale_device_is_listed_until_it_is_found_out(client: httpx.Client, world: World) -> None:
    phone = world.add_device("Phone", is_active=True)
    world.vanish(str(phone.id))
    assert len(client.get("/me/player/devices").json()["devices"]) == 1
    answer = client.put("/me/player/play", params={"device_id": phone.id}, json=PLAY)
    assert error(answer) == {"status": 404, "message": "Device not found"}
    assert client.get("/me/player/devices").json()["devices"] == []


def test_a_device_can_be_gone_at_once(client: httpx.Client, world: World) -> None:
    phone = world.add_device("Phone")
    world.vanish(str(phone.id), listed=False)
    assert client.get("/me/player/devices").json()["devices"] == []


def test_a_restricted_device_is_to_be_skipped(
    client: httpx.Client, world: World, standin: Server
) -> None:
    tv = world.add_device("TV", is_restricted=True)
    client.put("/me/player/play", params={"device_id": tv.id}, json=PLAY)
    assert standin.violations == ["play: TV is restricted, and is to be skipped."]
    standin.violations.clear()
