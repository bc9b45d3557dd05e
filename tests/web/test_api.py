"""The small API under the page."""

import json
import threading
import time
from pathlib import Path

import httpx
import pytest

from musicalface.errors import ModelError
from musicalface.songs import History
from musicalface.web.answers import MOST_JSON
from musicalface.web.serve import Place, Running, running
from tests.audio import mp3
from tests.conftest import PORTRAIT, SONG
from tests.players.spotify_client import log_in
from tests.spotify.server import Server
from tests.spotify.world import World


def error_of(answer: httpx.Response) -> tuple[int, str]:
    error = answer.json()["error"]
    assert set(error) == {"code", "message"}
    assert error["message"].endswith((".", ":", "x"))
    return answer.status_code, error["code"]


@pytest.mark.parametrize(
    ("method", "path", "asked"),
    [
        ("GET", "/api/library/files/99999999999999999999", None),
        ("POST", "/api/spotify/like", '{"id": "a-b"}'),
        ("POST", "/api/library", '{"folder": "~nobody-of-this-name/Music"}'),
        ("POST", "/api/library", '{"folder": "Music"}'),
        ("DELETE", "/api/library", '{"folder": "/a\\u0000b"}'),
        ("POST", "/api/library", '{"folder": "/\\ud800"}'),
        ("POST", "/api/songs", '{"mood": "\\ud800"}'),
        ("POST", "/api/songs", '{"mood": "happy", "toward": 5}'),
    ],
)
def test_odd_words_are_the_askers_fault(
    visitor: httpx.Client, standin: Server, world: World, method: str, path: str, asked: str | None
) -> None:
    log_in(world)
    answer = visitor.request(method, path, content=asked)
    assert error_of(answer)[0] in (400, 404)
    assert "content-security-policy" in answer.headers


def test_a_call_that_breaks_is_told_and_headed(
    visitor: httpx.Client, monkeypatch: pytest.MonkeyPatch, app: Running
) -> None:
    monkeypatch.setattr(app.app.state.evening, "told", lambda: 1 / 0)
    answer = visitor.get("/api/evening")
    assert error_of(answer) == (500, "broken")
    assert "content-security-policy" in answer.headers


def test_a_login_that_was_begun_leaves_the_one_that_there_is(
    visitor: httpx.Client, standin: Server, world: World
) -> None:
    log_in(world)
    before = threading.active_count()
    for _ in range(5):
        visitor.post("/api/spotify/login", json={"client_id": ""})
    assert visitor.get("/api/spotify").json()["state"] == "logged_in"
    assert next(p for p in visitor.get("/api/players").json()["players"] if p["name"] == "spotify")[
        "ready"
    ]
    started = time.monotonic()
    while threading.active_count() > before + 4 and time.monotonic() - started < 5:
        time.sleep(0.05)
    assert threading.active_count() <= before + 4


def test_models_that_cannot_be_loaded_are_told(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(model: str | None) -> None:
        raise ModelError("The model is damaged.")

    monkeypatch.setattr("musicalface.web.eyes.expression_model", damaged)
    with running(Place()) as app:
        asked = {"Authorization": f"Bearer {app.token}"}
        address = f"http://127.0.0.1:{app.port}/api/health"
        started = time.monotonic()
        while not (known := httpx.get(address, headers=asked).json())["message"]:
            assert time.monotonic() - started < 5
    assert (known["ready"], known["message"]) == (False, "The model is damaged.")


def test_health(visitor: httpx.Client) -> None:
    started = time.monotonic()
    while not visitor.get("/api/health").json()["ready"]:
        assert time.monotonic() - started < 20
        time.sleep(0.1)
    assert visitor.get("/api/health").json()["sockets"] == 0


def test_the_portrait_is_read(visitor: httpx.Client) -> None:
    picture = visitor.get("/static/portrait.png")
    assert picture.content == PORTRAIT.read_bytes()
    read = visitor.post("/api/read", content=picture.content).json()
    assert (read["mood"], len(read["faces"])) == ("happy", 1)
    assert read["faces"][0]["expressions"]["happy"] > 0.9


def test_photos_that_cannot_be_read(visitor: httpx.Client, tmp_path: Path) -> None:
    assert error_of(visitor.post("/api/read", content=b"text")) == (400, "no_photo")
    assert error_of(visitor.post("/api/read", content=b"")) == (400, "no_photo")
    gray = tmp_path / "gray.png"
    from PIL import Image

    Image.new("RGB", (200, 200), "gray").save(gray)
    assert error_of(visitor.post("/api/read", content=gray.read_bytes())) == (422, "no_face")
    huge = tmp_path / "huge.png"
    Image.new("1", (20_000, 10_001)).save(huge)
    assert error_of(visitor.post("/api/read", content=huge.read_bytes())) == (400, "no_photo")


def test_an_upload_that_is_too_large_is_refused_on_the_way(
    visitor: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("musicalface.web.photo.MOST_BYTES", 100_000)
    assert error_of(visitor.post("/api/read", content=bytes(200_000))) == (413, "too_large")


def test_songs_and_the_evening(visitor: httpx.Client) -> None:
    found = visitor.post("/api/songs", json={"mood": "Happy"}).json()
    assert (found["title"], len(found["songs"])) == ("10 happy songs", 10)
    assert all(song["why"] and song["url"] for song in found["songs"])
    asked = {"mood": "sad", "toward": "happy", "count": 3, "corrected": True}
    walk = visitor.post("/api/songs", json=asked).json()
    assert walk["title"] == "3 songs from sad to happy"
    entries = visitor.get("/api/evening").json()["evening"]
    assert [(entry["mood"], entry["toward"], entry["corrected"]) for entry in entries] == [
        ("sad", "happy", True),
        ("happy", None, False),
    ]
    assert [song["title"] for song in entries[1]["songs"]] == [s["title"] for s in found["songs"]]
    with History() as history:
        assert len(history.lately()) == 13
    assert visitor.delete("/api/evening").json() == {"evening": []}
    with History() as history:
        assert not history.lately()


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"mood": "bored"},
        {"mood": 3},
        {"mood": "happy", "player": "gramophone"},
        {"mood": "happy", "count": 0},
        {"mood": "happy", "count": "ten"},
        {"mood": "happy", "toward": "bored"},
        {"mood": "happy", "mine": "yes"},
    ],
)
def test_wishes_that_cannot_be_granted(visitor: httpx.Client, asked: dict[str, object]) -> None:
    assert error_of(visitor.post("/api/songs", json=asked)) == (400, "input")


@pytest.mark.parametrize("body", [b"[", b"[]", b"\xff", b"[" * 50_000, b" " * (MOST_JSON + 1)])
def test_bodies_that_are_no_objects(visitor: httpx.Client, body: bytes) -> None:
    assert error_of(visitor.post("/api/songs", content=body))[0] in (400, 413)


def test_addresses_that_there_are_not(visitor: httpx.Client) -> None:
    assert error_of(visitor.get("/api/nothing")) == (404, "unknown")
    assert error_of(visitor.get("/api/songs")) == (405, "unknown")
    assert error_of(visitor.get("/static/../app.py")) == (404, "unknown")
    assert error_of(visitor.get("/static/%2e%2e/app.py")) == (404, "unknown")


def test_players(app: Running, visitor: httpx.Client) -> None:
    known = visitor.get("/api/players").json()
    assert known["embed"] == f"http://127.0.0.1:{app.embed_port}/"
    ready = {player["name"]: player["ready"] for player in known["players"]}
    assert ready == {"browser": True, "spotify": False, "local": False}


def test_music_of_ones_own(visitor: httpx.Client, tmp_path: Path) -> None:
    file = mp3(tmp_path / "music" / "song.mp3", "The Singer", "A Song", SONG.read_text())
    assert error_of(visitor.post("/api/library", json={"folder": str(tmp_path / "no")}))[0] == 400
    assert error_of(visitor.post("/api/library", json={"folder": ""}))[0] == 400
    visitor.post("/api/library", json={"folder": str(tmp_path / "music")})
    while (known := visitor.get("/api/library").json())["scanning"]:
        time.sleep(0.05)
    assert (known["songs"], known["message"]) == (1, None)
    found = visitor.post("/api/songs", json={"mood": "sad", "player": "local"}).json()["songs"]
    assert (found[0]["title"], found[0]["url"]) == ("A Song", None)
    address = f"/api/library/files/{found[0]['file_id']}"
    assert visitor.get(address).content == file.read_bytes()
    part = visitor.get(address, headers={"Range": "bytes=3-5"})
    assert (part.status_code, part.content) == (206, file.read_bytes()[3:6])
    assert error_of(visitor.get("/api/library/files/999")) == (404, "gone")
    file.unlink()
    file.symlink_to(PORTRAIT)
    assert error_of(visitor.get(address)) == (404, "gone")
    folder = json.dumps({"folder": str(tmp_path / "music")})
    assert visitor.request("DELETE", "/api/library", content=folder).json()["songs"] == 0
    told = visitor.post("/api/songs", json={"mood": "sad", "player": "local"})
    assert error_of(told) == (409, "player")


def test_spotify_from_the_page(
    standin: Server, world: World, app: Running, visitor: httpx.Client
) -> None:
    assert visitor.get("/api/spotify").json()["state"] == "logged_out"
    address = visitor.post("/api/spotify/login", json={"client_id": ""}).json()["address"]
    assert visitor.get("/api/spotify").json()["state"] == "waiting"
    assert httpx.get(address, follow_redirects=True).status_code == 200
    while (known := visitor.get("/api/spotify").json())["state"] == "waiting":
        time.sleep(0.05)
    assert (known["state"], known["name"]) == ("logged_in", "A Listener")
    first, second = (world.add_track(f"T {i}", "A") for i in range(2))
    none = visitor.post("/api/spotify/play", json={"ids": [first.id, second.id]})
    assert error_of(none) == (409, "no_device")
    device = world.add_device("Kitchen", is_active=True)
    assert visitor.get("/api/spotify/devices").json()["devices"][0]["name"] == "Kitchen"
    assert visitor.get("/api/spotify/playing").json() == {"playing": None}
    assert visitor.post("/api/spotify/play", json={"ids": [first.id, second.id]}).json() == {}
    assert visitor.get("/api/spotify/playing").json()["playing"]["id"] == first.id
    visitor.post("/api/spotify/next")
    visitor.post("/api/spotify/pause")
    playing = visitor.get("/api/spotify/playing").json()["playing"]
    assert (playing["title"], playing["artist"], playing["id"]) == (second.name, "A", second.id)
    assert (playing["paused"], playing["cover"]) == (True, second.cover)
    visitor.post("/api/spotify/play", json={"ids": []})
    assert visitor.get("/api/spotify/playing").json()["playing"]["paused"] is False
    visitor.post("/api/spotify/like", json={"id": first.id})
    assert list(world.liked) == [first.uri]
    asked = {"name": "Evening", "ids": [first.id]}
    assert visitor.post("/api/spotify/playlist", json=asked).json()["url"].startswith("https://")
    assert visitor.post("/api/spotify/logout").json()["state"] == "logged_out"
    assert error_of(visitor.get("/api/spotify/devices")) == (409, "logged_out")
    assert device.id


def test_a_login_that_is_refused(standin: Server, world: World, visitor: httpx.Client) -> None:
    world.consent = "no"
    address = visitor.post("/api/spotify/login", json={"client_id": world.client_id}).json()[
        "address"
    ]
    httpx.get(address, follow_redirects=True)
    while (known := visitor.get("/api/spotify").json())["state"] == "waiting":
        time.sleep(0.05)
    assert (known["state"], "did not agree" in known["message"]) == ("failed", True)
    wrong = visitor.post("/api/spotify/login", json={"client_id": "short"})
    assert error_of(wrong) == (400, "input")


def test_a_damaged_login_leaves_the_songs(visitor: httpx.Client, own_home: Path) -> None:
    (own_home / "spotify").mkdir(parents=True)
    (own_home / "spotify" / "login.json").write_text("{")
    assert visitor.get("/api/spotify").json()["state"] == "failed"
    assert len(visitor.post("/api/songs", json={"mood": "sad"}).json()["songs"]) == 10
    told = visitor.post("/api/songs", json={"mood": "sad", "player": "spotify"})
    assert error_of(told) == (409, "logged_out")


def test_songs_of_spotify_with_trouble(
    standin: Server, world: World, visitor: httpx.Client
) -> None:
    log_in(world)
    world.quota_exceeded(3600)
    told = visitor.post("/api/songs", json={"mood": "happy", "player": "spotify", "count": 40})
    assert error_of(told) == (409, "quota")
    told = visitor.post("/api/songs", json={"mood": "happy", "player": "browser"})
    assert len(told.json()["songs"]) == 10
