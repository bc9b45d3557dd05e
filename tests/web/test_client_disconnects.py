"""Clients that disconnect, stall or send malformed requests: no traceback, and no blocking."""

import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from musicalface import crash_log
from musicalface.http_server import request_bodies
from musicalface.players.page import LocalPlayer
from musicalface.web.server import AppServer
from tests.audio_files import mp3
from tests.conftest import PORTRAIT, SONG
from tests.players.test_local_player import song
from tests.web.conftest import connect_camera, wait_until


@pytest.fixture(autouse=True)
def quiet(own_home: Path, capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Check that nothing is printed or logged."""
    yield
    assert capfd.readouterr() == ("", "")
    assert not crash_log.path().exists()


def raw(app: AppServer, head: str, body: bytes = b"") -> socket.socket:
    peer = socket.create_connection(("127.0.0.1", app.port), 20)
    fields = f"Host: 127.0.0.1:{app.port}\r\nAuthorization: Bearer {app.token}\r\n"
    first, _, rest = head.partition("\r\n")
    peer.sendall(f"{first} HTTP/1.1\r\n{fields}{rest}\r\n".encode() + body)
    return peer


def reset(peer: socket.socket) -> None:
    """Close with a TCP reset, as a killed process does."""
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()


def test_disconnect_during_an_upload(app: AppServer, client: httpx.Client) -> None:
    for leave in (reset, socket.socket.close):
        for path in ("/api/read", "/api/songs", "/api/nothing"):
            leave(raw(app, f"POST {path}\r\nContent-Length: 99999\r\n", b"x" * 5000))
    assert client.get("/api/health").status_code == 200


def test_disconnect_of_a_camera(app: AppServer, client: httpx.Client, frame: bytes) -> None:
    for _ in range(3):
        with connect_camera(app) as line:
            line.send(frame)
            reset(line.socket)
    assert client.post("/api/read", content=PORTRAIT.read_bytes()).status_code == 200


def test_disconnect_during_a_song(tmp_path: Path) -> None:
    file = mp3(tmp_path / "song.mp3", "The Singer", "A Song", SONG.read_text())
    with file.open("ab") as tail:
        tail.write(bytes(20_000_000))
    player = LocalPlayer()
    with player.page as page:
        player.play([song(file)])
        port, path = page.address.removeprefix("http://127.0.0.1:").split("/", 1)
        for name in ("audio/0", "events", "songs"):
            for leave in (reset, socket.socket.close):
                peer = socket.create_connection(("127.0.0.1", int(port)), 20)
                line = f"GET /{path}{name} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
                peer.sendall(line.encode())
                peer.recv(1000)
                leave(peer)
        assert httpx.get(page.address).status_code == 200


@pytest.mark.parametrize(
    "line",
    [
        "GET /api/library/files/" + "9" * 5000,
        "GET /api/library/files/-1",
        "GET /api/library/files/%D9%A3",
        "GET /static/" + "a/" * 3000,
        "GET /static/%00",
        "GET /%ff%fe",
        "GET //evil.example/",
        "GET /api/songs/\r\nRange: bytes=" + "9" * 5000 + "-",
        "GET /static/portrait.png\r\nRange: bytes=" + "9" * 5000 + "-",
        "GET /\r\nIf-None-Match: " + "x" * 9000,
        "GET /\r\nCookie: " + "; ".join(f"a{i}=%" for i in range(900)),
        "POST /api/read\r\nContent-Length: " + "9" * 19,
        "GET /api/history\r\nUpgrade: websocket\r\nConnection: upgrade\r\n",
        "GET /api/sight\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Key: x\r\n",
        "BREW /api/songs",
        "OPTIONS *",
    ],
)
def test_malformed_requests(app: AppServer, line: str) -> None:
    with raw(app, line + ("" if line.endswith("\r\n") else "\r\n")) as peer:
        status = int(peer.recv(65536).split()[1])
    assert 200 <= status < 500


@pytest.mark.parametrize("length", ["9" * 5000, "-1", "1, 2", "x"])
def test_invalid_content_length(app: AppServer, length: str) -> None:
    with raw(app, f"POST /api/read\r\nContent-Length: {length}\r\n") as peer:
        answer = peer.recv(65536)
    assert not answer or answer.split()[1] in (b"400", b"413")


def test_stalled_upload_does_not_block_others(
    app: AppServer, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_bodies, "STALLED", 120.0)
    stalled = [
        raw(app, "POST /api/read\r\nContent-Length: 40000000\r\n", b"x" * 60_000) for _ in range(5)
    ]
    answer = client.post("/api/read", content=PORTRAIT.read_bytes())
    assert answer.status_code == 200
    for peer in stalled:
        peer.close()


def test_stalled_upload_times_out(app: AppServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_bodies, "STALLED", 0.3)
    with raw(app, "POST /api/read\r\nContent-Length: 4000\r\n", b"some") as peer:
        assert peer.recv(65536).split()[1] == b"408"


def test_uploads_share_a_memory_limit(
    app: AppServer, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_bodies, "MOST_IN_MEMORY", 500_000)
    head = "POST /api/read\r\nContent-Length: 400001\r\n"
    with raw(app, head, b"x" * 400_000):
        wait_until(lambda: app.app.state.bodies.held == 400_000)
        answer = client.post("/api/read", content=b"x" * 300_000)
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "busy")
        assert answer.headers["retry-after"] == "1"
    wait_until(lambda: app.app.state.bodies.held == 0)
    assert client.post("/api/read", content=b"x" * 300_000).status_code == 400
