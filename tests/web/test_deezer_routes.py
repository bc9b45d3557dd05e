"""Deezer routes, settings and players of the API, with the fake Deezer server."""

import io
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from musicalface.players.deezer import client as deezer_client
from musicalface.players.deezer import metadata_queue
from tests.audio_files import mp3
from tests.conftest import SONG
from tests.deezer.server import Server
from tests.deezer.shared import Fault, faults
from tests.deezer.state import DeezerState
from tests.web.test_api import error_of
from tests.web.test_openapi import require

HALO = {"artist": "Beyoncé", "title": "Halo"}


def schema(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


@pytest.fixture(autouse=True)
def fast_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    delays = dict.fromkeys(deezer_client.RETRY_DELAYS, (0.01,))
    monkeypatch.setattr(deezer_client, "RETRY_DELAYS", delays)


def preview(client: httpx.Client, **song: Any) -> httpx.Response:
    return client.post("/api/deezer/preview", json={**HALO, **song})


def facts(client: httpx.Client, *songs: dict[str, Any]) -> Any:
    return client.post("/api/deezer/facts", json={"songs": list(songs)}).json()


def test_preview_and_its_cover(
    client: httpx.Client, fake_deezer: Server, deezer_state: DeezerState
) -> None:
    track = deezer_state.add("Beyoncé", "Halo", seconds=261)
    found = preview(client, deezer_id=track.id).json()
    require(found, schema("Preview"))
    assert httpx.get(found["preview"]).headers["content-type"] == "audio/mpeg"
    assert (found["seconds"], found["preview_seconds"]) == (261, 30)
    assert found["link"] == f"https://www.deezer.com/track/{track.id}"
    assert found["cover"] == f"/api/deezer/covers/{track.id}"
    for _ in range(2):
        cover = client.get(found["cover"])
        assert cover.headers["content-type"] == "image/jpeg"
        assert Image.open(io.BytesIO(cover.content)).size == (250, 250)
    assert deezer_state.calls["cover"] <= 1
    assert deezer_state.requests == [("track", {"id": track.id})]


@pytest.mark.parametrize(
    ("change", "fault", "expected"),
    [
        ({"has_preview": False}, None, (404, "no_preview")),
        ({"readable": False}, None, (404, "not_available")),
        ({"title": "Another"}, None, (404, "not_found")),
        ({"preview": "https://example.com/a.mp3"}, None, (404, "foreign")),
        ({}, faults.status(429), (503, "quota")),
        ({}, faults.status(500), (503, "busy")),
        ({}, faults.drop(), (502, "cut")),
        ({}, faults.login_page(), (502, "not_deezer")),
        ({}, faults.not_json(), (502, "unreadable")),
    ],
)
def test_preview_errors(
    client: httpx.Client,
    fake_deezer: Server,
    deezer_state: DeezerState,
    change: dict[str, Any],
    fault: Fault | None,
    expected: tuple[int, str],
) -> None:
    track = deezer_state.add(**{**HALO, **change})
    if fault:
        deezer_state.fail(fault, times=9)
    answer = preview(client, deezer_id=track.id if "preview" in change else None)
    assert error_of(answer) == expected
    assert ("retry-after" in answer.headers) is (expected[0] == 503)


@pytest.mark.parametrize("fault", [faults.login_page(), faults.huge(4), faults.status(404)])
def test_faulty_cover_is_an_error(
    client: httpx.Client, fake_deezer: Server, deezer_state: DeezerState, fault: Fault
) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    other = deezer_state.add("Adele", "Hello", cover="https://example.com/40-megapixels.jpg")
    assert preview(client, artist="Adele", title="Hello").json()["cover"] is None
    assert error_of(client.get(f"/api/deezer/covers/{other.id}"))[0] == 404
    assert error_of(client.get(f"/api/deezer/covers/{track.id}"))[0] == 404  # not asked for
    address = preview(client).json()["cover"]
    deezer_state.fail(fault, on="cover")
    assert error_of(client.get(address)) == (502, "not_deezer")
    assert client.get(address).status_code == 200


def test_facts_need_consent_and_arrive_in_parts(
    client: httpx.Client, fake_deezer: Server, deezer_state: DeezerState
) -> None:
    tracks = [deezer_state.add("Adele", title, seconds=99) for title in ("Hello", "Skyfall")]
    songs = [{"artist": "Adele", "title": title} for title in ("Hello", "Skyfall", "Nothing")]
    refused = client.post("/api/deezer/facts", json={"songs": songs})
    assert error_of(refused) == (409, "covers_off")
    assert deezer_state.requests == []
    client.put("/api/settings", json={"covers": True})
    deezer_state.fail(faults.slow(3), on="search")
    first = facts(client, *songs)
    assert first["pending"]
    assert None in first["songs"]
    while (answer := facts(client, *songs))["pending"]:
        time.sleep(0.1)
    for track, found in zip(tracks, answer["songs"], strict=False):
        require(found, schema("Facts"))
        assert (found["deezer_id"], found["seconds"]) == (track.id, 99)
    assert answer["songs"][2]["error"]["code"] == "not_found"
    assert deezer_state.calls["search"] == 3
    assert client.delete("/api/deezer").json() == {}
    facts(client, songs[0])
    assert deezer_state.calls["search"] == 4


def test_unreachable_deezer_is_asked_once_for_all_songs(
    client: httpx.Client, fake_deezer: Server, deezer_state: DeezerState
) -> None:
    client.put("/api/settings", json={"covers": True})
    deezer_state.fail(faults.login_page(), times=99)
    songs = [{"artist": "Adele", "title": f"Song {number}"} for number in range(40)]
    found = facts(client, *songs)["songs"]
    assert {each["error"]["code"] for each in found} == {"not_deezer"}
    assert len(deezer_state.requests) <= metadata_queue.WORKERS


def test_offline_sends_nothing(
    client: httpx.Client, fake_deezer: Server, deezer_state: DeezerState
) -> None:
    deezer_state.add("Beyoncé", "Halo")
    settings = client.put("/api/settings", json={"offline": True, "covers": True}).json()
    assert (settings["offline"], settings["offline_by_environment"]) == (True, False)
    assert error_of(preview(client)) == (409, "off")
    assert error_of(client.post("/api/deezer/facts", json={"songs": [HALO]}))[0] == 409
    players = client.get("/api/players").json()
    assert players["player"] == "local"
    assert {each["state"] for each in players["players"][:3]} == {"Offline"}
    assert deezer_state.calls == {}
    client.put("/api/settings", json={"offline": False})
    assert preview(client).status_code == 200


def test_offline_sends_nothing_to_spotify(client: httpx.Client, own_home: Path) -> None:
    client.put("/api/settings", json={"offline": True})
    client.post("/api/spotify/login", json={"client_id": "a" * 32})
    assert client.post("/api/songs", json={"mood": "sad"}).status_code == 200


def test_settings_are_stored(client: httpx.Client, own_home: Path) -> None:
    defaults = {
        "offline": False,
        "offline_by_environment": False,
        "covers": False,
        "player": None,
        "history": False,
        "reactions": None,
    }
    assert client.get("/api/settings").json() == defaults
    client.put("/api/settings", json={"player": "browser"})
    client.put("/api/settings", json={"covers": True})
    assert client.get("/api/settings").json() == {**defaults, "covers": True, "player": "browser"}
    assert client.get("/api/players").json()["player"] == "browser"
    assert client.put("/api/settings", json={"player": None}).json()["player"] is None
    assert client.get("/api/players").json()["player"] == "deezer"


@pytest.mark.parametrize(
    "body",
    [
        {"player": "winamp"},
        {"player": 5},
        {"offline": "yes"},
        {"covers": None},
        {"reactions": None},
    ],
)
def test_invalid_settings(client: httpx.Client, body: dict[str, Any]) -> None:
    assert error_of(client.put("/api/settings", json=body)) == (400, "input")


@pytest.mark.parametrize(
    "body",
    [
        {"artist": "", "title": "T"},
        {"artist": "A"},
        {"artist": "A", "title": "T", "deezer_id": 0},
        {"artist": "A", "title": "T", "deezer_id": "7"},
        {"artist": "A", "title": "T", "deezer_id": 10**16},
    ],
)
def test_invalid_songs(client: httpx.Client, body: dict[str, Any]) -> None:
    assert error_of(client.post("/api/deezer/preview", json=body)) == (400, "input")
    assert error_of(client.post("/api/deezer/facts", json={"songs": [body]})) == (400, "input")
    assert error_of(client.post("/api/deezer/facts", json={"songs": [7]})) == (400, "input")
    assert error_of(client.get("/api/deezer/covers/-1"))[0] == 404


def test_songs_have_ids_and_links(client: httpx.Client) -> None:
    songs = client.post("/api/songs", json={"mood": "relaxed"}).json()["songs"]
    assert sum(song["deezer_id"] is not None for song in songs) >= 8
    for song in songs:
        number = song["deezer_id"]
        start = f"track/{number}" if number else "search/"
        assert song["links"]["deezer"].startswith(f"https://www.deezer.com/{start}")
        assert song["links"]["spotify"].startswith("https://open.spotify.com/")


def test_own_songs_have_covers(client: httpx.Client, tmp_path: Path) -> None:
    mp3(tmp_path / "music" / "song.mp3", "A", "T", SONG.read_text())
    Image.new("RGB", (600, 300), "red").save(tmp_path / "music" / "Folder.PNG")
    client.post("/api/library", json={"folder": str(tmp_path / "music")})
    while client.get("/api/library").json()["scanning"]:
        time.sleep(0.05)
    (song,) = client.post("/api/songs", json={"mood": "sad", "player": "local"}).json()["songs"]
    assert (song["deezer_id"], song["links"]) == (None, None)
    cover = client.get(song["cover"])
    assert cover.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(cover.content)).size == (256, 128)
    (tmp_path / "music" / "Folder.PNG").unlink()
    assert error_of(client.get(song["cover"])) == (404, "no_cover")
    assert error_of(client.get("/api/library/files/99999999999999999999/cover"))[0] == 404
    local = client.get("/api/players").json()["players"][-1]
    assert (local["name"], local["state"], local["songs"]) == ("local", "1 song", 1)
