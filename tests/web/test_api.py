"""The JSON API of the app."""

import json
import re
import threading
import time
from pathlib import Path

import httpx
import pytest

from musicalface import crash_log
from musicalface.errors import ModelError
from musicalface.library import folder_browser, open_library
from musicalface.mood import Mood
from musicalface.songs import History
from musicalface.web.json_body import MAX_JSON_BYTES
from musicalface.web.library_jobs import LibraryJobs
from musicalface.web.server import AppServer, ServerConfig, run_app
from tests.audio.music import music as sound
from tests.audio_files import mp3
from tests.conftest import PORTRAIT, SONG
from tests.players.spotify_client import log_in
from tests.spotify.server import Server
from tests.spotify.state import SpotifyState
from tests.web.conftest import wait_until


def error_of(answer: httpx.Response) -> tuple[int, str]:
    error = answer.json()["error"]
    assert set(error) == {"code", "message"}
    assert error["message"].endswith((".", ":", "x"))
    return answer.status_code, error["code"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/library/files/99999999999999999999", None),
        ("POST", "/api/spotify/like", '{"id": "a-b"}'),
        ("POST", "/api/library", '{"folder": "~no-such-user/Music"}'),
        ("POST", "/api/library", '{"folder": "Music"}'),
        ("DELETE", "/api/library", '{"folder": "/a\\u0000b"}'),
        ("POST", "/api/library", '{"folder": "/\\ud800"}'),
        ("POST", "/api/songs", '{"mood": "\\ud800"}'),
        ("POST", "/api/songs", '{"mood": "happy", "toward": 5}'),
    ],
)
def test_invalid_text_fields(
    client: httpx.Client,
    fake_spotify: Server,
    spotify_state: SpotifyState,
    method: str,
    path: str,
    body: str | None,
) -> None:
    log_in(spotify_state)
    answer = client.request(method, path, content=body)
    assert error_of(answer)[0] in (400, 404)
    assert "content-security-policy" in answer.headers


def test_unexpected_error_has_json_and_headers(
    client: httpx.Client,
    monkeypatch: pytest.MonkeyPatch,
    app: AppServer,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(app.app.state.session_history, "entries", lambda: 1 / 0)
    answer = client.get("/api/history")
    assert error_of(answer) == (500, "broken")
    assert "content-security-policy" in answer.headers
    (number,) = re.findall(r"\(error ([0-9a-f]{6})\)", answer.json()["error"]["message"])
    assert f"{number} musicalface" in crash_log.path().read_text()
    assert capfd.readouterr().err == ""


def test_started_login_keeps_the_existing_one(
    client: httpx.Client, fake_spotify: Server, spotify_state: SpotifyState
) -> None:
    log_in(spotify_state)
    before = threading.active_count()
    for _ in range(5):
        client.post("/api/spotify/login", json={"client_id": ""})
    assert client.get("/api/spotify").json()["state"] == "logged_in"
    assert next(p for p in client.get("/api/players").json()["players"] if p["name"] == "spotify")[
        "ready"
    ]
    wait_until(lambda: threading.active_count() <= before + 4)


def test_model_load_failure_is_reported(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(model: str | None) -> None:
        raise ModelError("The model is damaged.")

    monkeypatch.setattr("musicalface.web.inference_pool.load_expression_model", damaged)
    with run_app(ServerConfig()) as app:
        headers = {"Authorization": f"Bearer {app.token}"}
        address = f"http://127.0.0.1:{app.port}/api/health"
        wait_until(lambda: httpx.get(address, headers=headers).json()["message"])
        state = httpx.get(address, headers=headers).json()
    assert (state["ready"], state["message"]) == (False, "The model is damaged.")


def test_health(client: httpx.Client) -> None:
    wait_until(lambda: client.get("/api/health").json()["ready"])
    assert client.get("/api/health").json()["sockets"] == 0


def test_read_the_portrait(client: httpx.Client) -> None:
    picture = client.get("/static/portrait.png")
    assert picture.content == PORTRAIT.read_bytes()
    read = client.post("/api/read", content=picture.content).json()
    assert (read["mood"], len(read["faces"])) == ("happy", 1)
    assert read["faces"][0]["expressions"]["happy"] > 0.9


def test_unreadable_photos(client: httpx.Client, tmp_path: Path) -> None:
    assert error_of(client.post("/api/read", content=b"text")) == (400, "no_photo")
    assert error_of(client.post("/api/read", content=b"")) == (400, "no_photo")
    gray = tmp_path / "gray.png"
    from PIL import Image

    Image.new("RGB", (200, 200), "gray").save(gray)
    assert error_of(client.post("/api/read", content=gray.read_bytes())) == (422, "no_face")
    huge = tmp_path / "huge.png"
    Image.new("1", (20_000, 10_001)).save(huge)
    assert error_of(client.post("/api/read", content=huge.read_bytes())) == (400, "no_photo")


def test_upload_size_limit(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicalface.web.photo_upload.MAX_UPLOAD_BYTES", 100_000)
    assert error_of(client.post("/api/read", content=bytes(200_000))) == (413, "too_large")


def test_songs_and_session_history(client: httpx.Client) -> None:
    result = client.post("/api/songs", json={"mood": "Happy"}).json()
    assert (result["title"], len(result["songs"])) == ("10 happy songs", 10)
    assert all(song["why"] and song["url"] for song in result["songs"])
    body = {"mood": "sad", "toward": "happy", "count": 3, "corrected": True}
    shift = client.post("/api/songs", json=body).json()
    assert shift["title"] == "3 songs from sad to happy"
    entries = client.get("/api/history").json()["history"]
    assert [(entry["mood"], entry["toward"], entry["corrected"]) for entry in entries] == [
        ("sad", "happy", True),
        ("happy", None, False),
    ]
    assert [entry["songs"] for entry in entries] == [[], []]  # nothing was heard
    with History() as history:
        assert len(history.recent()) == 13
    assert client.delete("/api/history").json()["history"] == []
    with History() as history:
        assert not history.recent()


@pytest.mark.parametrize(
    "body",
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
def test_invalid_song_requests(client: httpx.Client, body: dict[str, object]) -> None:
    assert error_of(client.post("/api/songs", json=body)) == (400, "input")


@pytest.mark.parametrize("body", [b"[", b"[]", b"\xff", b"[" * 50_000, b" " * (MAX_JSON_BYTES + 1)])
def test_json_body_must_be_an_object(client: httpx.Client, body: bytes) -> None:
    assert error_of(client.post("/api/songs", content=body))[0] in (400, 413)


def test_unknown_routes(client: httpx.Client) -> None:
    assert error_of(client.get("/api/nothing")) == (404, "unknown")
    assert error_of(client.get("/api/songs")) == (405, "unknown")
    assert error_of(client.get("/static/../app.py")) == (404, "unknown")
    assert error_of(client.get("/static/%2e%2e/app.py")) == (404, "unknown")


def test_players(app: AppServer, client: httpx.Client) -> None:
    state = client.get("/api/players").json()
    assert state["embed"] == f"http://127.0.0.1:{app.embed_port}/"
    ready = {player["name"]: player["ready"] for player in state["players"]}
    assert ready == {"deezer": True, "browser": True, "spotify": False, "local": False}
    assert state["player"] == "deezer"


def test_library_is_listened_to_in_the_background(client: httpx.Client, tmp_path: Path) -> None:
    steady = "aevalsrc=0.05*sin(2*PI*220*t)+0.05*sin(2*PI*330*t)"
    (tmp_path / "music").mkdir()
    sound(tmp_path / "music" / "song.flac", sound=steady)
    client.post("/api/library", json={"folder": str(tmp_path / "music")})
    while (state := client.get("/api/library").json())["scanning"] or state["listening"]:
        assert state["listening"] is None or state["listening"]["done"] <= 1
        time.sleep(0.05)
    assert (state["listens"], state["can_listen"], state["message"]) == (True, True, None)
    assert state["folders"][0]["unknown"] == 0
    with open_library() as library:
        (song,) = [song for mood in Mood for song in library.list_songs(mood)]
        library._connection.execute("UPDATE songs SET sureness = 0.9, second_sureness = 0.05")
    assert song.moods
    body = {"mood": song.moods.mood, "player": "local"}
    (played,) = client.post("/api/songs", json=body).json()["songs"]
    assert played["why"].lower() == song.why
    assert song.why.startswith("sounds ")
    state = client.post("/api/library/listening", json={"on": False}).json()
    assert (state["listens"], state["listening"]) == (False, None)
    assert error_of(client.post("/api/library/listening", json={"on": "no"}))[0] == 400


def test_listening_switched_off_and_on_again_continues(own_home: Path) -> None:
    jobs = LibraryJobs()
    begun, switched, finished = (threading.Event() for _ in range(3))

    def listen() -> None:
        begun.set()
        assert switched.wait(60)
        jobs._listening.check()
        finished.set()

    jobs._listening._work = listen
    jobs.set_listening(True)
    assert begun.wait(60)
    jobs.set_listening(False)
    jobs.set_listening(True)
    switched.set()
    assert finished.wait(60)


def test_library_routes(client: httpx.Client, tmp_path: Path) -> None:
    file = mp3(tmp_path / "music" / "song.mp3", "The Singer", "A Song", SONG.read_text())
    assert error_of(client.post("/api/library", json={"folder": str(tmp_path / "no")}))[0] == 400
    assert error_of(client.post("/api/library", json={"folder": ""}))[0] == 400
    client.post("/api/library", json={"folder": str(tmp_path / "music")})
    while (state := client.get("/api/library").json())["scanning"]:
        time.sleep(0.05)
    assert (state["songs"], state["message"]) == (1, None)
    result = client.post("/api/songs", json={"mood": "sad", "player": "local"}).json()["songs"]
    assert (result[0]["title"], result[0]["url"]) == ("A Song", None)
    address = f"/api/library/files/{result[0]['file_id']}"
    assert client.get(address).content == file.read_bytes()
    part = client.get(address, headers={"Range": "bytes=3-5"})
    assert (part.status_code, part.content) == (206, file.read_bytes()[3:6])
    assert error_of(client.get("/api/library/files/999")) == (404, "gone")
    file.unlink()
    file.symlink_to(PORTRAIT)
    assert error_of(client.get(address)) == (404, "gone")
    folder = json.dumps({"folder": str(tmp_path / "music")})
    assert client.request("DELETE", "/api/library", content=folder).json()["songs"] == 0
    response = client.post("/api/songs", json={"mood": "sad", "player": "local"})
    assert error_of(response) == (409, "no_songs")
    assert response.json()["error"]["message"] == "No sad songs in your library yet."


def test_songs_follow_the_moods_of_a_video(client: httpx.Client) -> None:
    walk = [[0, 1, 0, 0], [0, 0, 0, 1], [0.9, 0.1, 0, 0]]
    answer = client.post("/api/songs", json={"mood": "happy", "walk": walk}).json()
    assert [song["mood"] for song in answer["songs"]] == ["happy", "sad", "angry"]
    assert answer["title"] == "3 songs that follow the video"
    bads: list[object] = [[[0, 1, 0]], [[0, 1, 0, 2]], [["1", 0, 0, 0]], {}, [[1, 0, 0, 0]] * 21]
    for bad in bads:
        assert error_of(client.post("/api/songs", json={"mood": "happy", "walk": bad}))[0] == 400


def test_moods_of_library_songs_are_set_by_hand(client: httpx.Client, tmp_path: Path) -> None:
    mp3(tmp_path / "music" / "one.mp3", "The Singer", "A Song")
    mp3(tmp_path / "music" / "two.mp3")
    with open_library() as library:
        library.add([tmp_path / "music"])
    unknown = client.post("/api/library/songs", json={"mood": None}).json()
    assert unknown["total"] == 2
    assert [song["title"] for song in unknown["songs"]] == ["A Song", "two"]
    number = unknown["songs"][0]["number"]
    song = client.post("/api/library/mood", json={"number": number, "mood": "angry"}).json()
    assert (song["mood"], song["by_hand"]) == ("angry", True)
    assert client.post("/api/library/songs", json={"count": 1}).json()["total"] == 1
    picked = client.post("/api/songs", json={"mood": "angry", "player": "local"}).json()["songs"]
    assert [song["file_id"] for song in picked] == [number]
    song = client.post("/api/library/mood", json={"number": number, "mood": None}).json()
    assert (song["mood"], song["by_hand"]) == (None, False)
    assert error_of(client.post("/api/library/mood", json={"number": 999})) == (404, "gone")
    assert error_of(client.post("/api/library/mood", json={"number": 0}))[0] == 400
    assert error_of(client.post("/api/library/songs", json={"mood": "loud"}))[0] == 400


def test_library_without_moods_is_not_called_empty(client: httpx.Client, tmp_path: Path) -> None:
    def local() -> dict[str, object]:
        found: dict[str, object] = client.get("/api/players").json()["players"][-1]
        return found

    assert (local()["songs"], local()["unsorted"]) == (0, 0)
    assert "is empty" in str(local()["message"])
    mp3(tmp_path / "music" / "one.mp3", "The Singer", "A Song")
    with open_library() as library:
        library.add([tmp_path / "music"])
    assert (local()["songs"], local()["unsorted"], local()["ready"]) == (0, 1, False)
    assert "Sort them" in str(local()["message"])


def test_folders_are_browsed(
    client: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Music" / "Soul").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(folder_browser, "user_music_path", lambda: tmp_path / "Music")
    places = client.post("/api/library/browse").json()
    assert [each["name"] for each in places["folders"]][:2] == ["Music", "Home"]
    music = client.post("/api/library/browse", json={"folder": str(tmp_path / "Music")}).json()
    assert music["folders"] == [{"name": "Soul", "path": str(tmp_path / "Music" / "Soul")}]
    assert (music["parent"], music["songs"], music["more"]) == (str(tmp_path), 0, False)
    assert client.get("/api/library").json()["suggestion"] == str(tmp_path / "Music")
    for folder in ("/etc", "Music", str(tmp_path / "none")):
        assert error_of(client.post("/api/library/browse", json={"folder": folder}))[0] == 400


def test_errors_on_the_page_name_no_commands(client: httpx.Client, tmp_path: Path) -> None:
    (tmp_path / "music" / "inner").mkdir(parents=True)
    with open_library() as library:
        library.add([tmp_path / "music"])
    folder = json.dumps({"folder": str(tmp_path)})
    answer = client.request("DELETE", "/api/library", content=folder)
    assert answer.json()["error"]["message"] == f"{tmp_path} isn't in your library."
    client.post("/api/library", json={"folder": str(tmp_path / "music" / "inner")})
    while (state := client.get("/api/library").json())["scanning"]:
        time.sleep(0.05)
    assert state["message"].endswith("which is already in your library.")


def test_spotify_routes(
    fake_spotify: Server, spotify_state: SpotifyState, app: AppServer, client: httpx.Client
) -> None:
    assert client.get("/api/spotify").json()["state"] == "logged_out"
    address = client.post("/api/spotify/login", json={"client_id": ""}).json()["address"]
    assert client.get("/api/spotify").json()["state"] == "waiting"
    assert httpx.get(address, follow_redirects=True).status_code == 200
    while (state := client.get("/api/spotify").json())["state"] == "waiting":
        time.sleep(0.05)
    assert (state["state"], state["name"]) == ("logged_in", "A Listener")
    first, second = (spotify_state.add_track(f"T {i}", "A") for i in range(2))
    none = client.post("/api/spotify/play", json={"ids": [first.id, second.id]})
    assert error_of(none) == (409, "no_device")
    device = spotify_state.add_device("Kitchen", is_active=True)
    assert client.get("/api/spotify/devices").json()["devices"][0]["name"] == "Kitchen"
    assert client.get("/api/spotify/playing").json() == {"playing": None}
    assert client.post("/api/spotify/play", json={"ids": [first.id, second.id]}).json() == {}
    assert client.get("/api/spotify/playing").json()["playing"]["id"] == first.id
    client.post("/api/spotify/next")
    client.post("/api/spotify/pause")
    playing = client.get("/api/spotify/playing").json()["playing"]
    assert (playing["title"], playing["artist"], playing["id"]) == (second.name, "A", second.id)
    assert (playing["paused"], playing["cover"]) == (True, second.cover)
    assert (playing["seconds"], playing["volume"], playing["device"]) == (200, 50, "Kitchen")
    assert client.post("/api/spotify/seek", json={"position": 61.5}).json() == {}
    assert client.post("/api/spotify/volume", json={"volume": 30}).json() == {}
    moved = client.get("/api/spotify/playing").json()["playing"]
    assert (moved["position"], moved["volume"]) == (61.5, 30)
    assert client.get("/api/spotify/devices").json()["devices"][0]["volume"] == 30
    client.post("/api/spotify/previous")
    assert client.get("/api/spotify/playing").json()["playing"]["id"] == first.id
    device.volume = None
    unsupported = client.post("/api/spotify/volume", json={"volume": 30})
    assert error_of(unsupported) == (409, "no_volume")
    assert client.get("/api/spotify/playing").json()["playing"]["volume"] is None
    client.post("/api/spotify/play", json={"ids": []})
    assert client.get("/api/spotify/playing").json()["playing"]["paused"] is False
    client.post("/api/spotify/like", json={"id": first.id})
    assert list(spotify_state.liked) == [first.uri]
    body = {"name": "Evening", "ids": [first.id]}
    assert client.post("/api/spotify/playlist", json=body).json()["url"].startswith("https://")
    assert client.post("/api/spotify/logout").json()["state"] == "logged_out"
    assert error_of(client.get("/api/spotify/devices")) == (409, "logged_out")


def test_refused_spotify_login(
    fake_spotify: Server, spotify_state: SpotifyState, client: httpx.Client
) -> None:
    spotify_state.consent = "no"
    address = client.post("/api/spotify/login", json={"client_id": spotify_state.client_id}).json()[
        "address"
    ]
    httpx.get(address, follow_redirects=True)
    while (state := client.get("/api/spotify").json())["state"] == "waiting":
        time.sleep(0.05)
    assert (state["state"], "didn't allow access" in state["message"]) == ("failed", True)
    wrong = client.post("/api/spotify/login", json={"client_id": "short"})
    assert error_of(wrong) == (400, "input")


def test_damaged_login_still_gives_songs(client: httpx.Client, own_home: Path) -> None:
    (own_home / "spotify").mkdir(parents=True)
    (own_home / "spotify" / "login.json").write_text("{")
    assert client.get("/api/spotify").json()["state"] == "failed"
    assert len(client.post("/api/songs", json={"mood": "sad"}).json()["songs"]) == 10
    response = client.post("/api/songs", json={"mood": "sad", "player": "spotify"})
    assert error_of(response) == (409, "logged_out")


def test_spotify_songs_with_errors(
    fake_spotify: Server, spotify_state: SpotifyState, client: httpx.Client
) -> None:
    log_in(spotify_state)
    spotify_state.quota_exceeded(3600)
    response = client.post("/api/songs", json={"mood": "happy", "player": "spotify", "count": 40})
    assert error_of(response) == (409, "quota")
    response = client.post("/api/songs", json={"mood": "happy", "player": "browser"})
    assert len(response.json()["songs"]) == 10
