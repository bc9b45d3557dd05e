"""Single instance: invalid records, and another process on the app's port."""

import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from musicalface.http_server.peer_verification import is_proof, proof
from musicalface.web import single_instance
from musicalface.web.server import AppServer, ServerConfig, run_app

TOKEN = "t" * 32


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 4000,
        '{"address": 3, "process": 1}',
        '{"address": "http://evil.example/?token=x", "process": 1}',
        f'{{"address": "http://127.0.0.1:@evil.example/?token={TOKEN}", "process": 1}}',
        f'{{"address": "http://127.0.0.1:99999/?token={TOKEN}", "process": PID}}',
        f'{{"address": "http://127.0.0.1:8/?token={TOKEN}", "process": 1e999}}',
        f'{{"address": "http://127.0.0.1:18/?token={TOKEN}", "process": {"9" * 400}}}',
        f'{{"address": "http://127.0.0.1:18/?token={TOKEN}", "process": -1}}',
        f'{{"address": "http://127.0.0.1:18/?token={TOKEN}", "process": PID}}' + " " * 5000,
        "9" * 4090,
        '{"address": "\\ud800", "process": 1}',
    ],
)
def test_invalid_record_is_ignored(own_home: Path, text: str) -> None:
    own_home.mkdir()
    (own_home / "app.json").write_text(text.replace("PID", str(os.getpid())))
    assert single_instance.running_address() == ""
    single_instance.clear_address("http://127.0.0.1:1/?token=x")


def test_record_that_is_not_a_regular_file(own_home: Path) -> None:
    own_home.mkdir()
    record = own_home / "app.json"
    record.write_bytes(b"\xff\xfe\0")
    assert single_instance.running_address() == ""
    record.unlink()
    record.mkdir()
    assert single_instance.running_address() == ""
    record.rmdir()
    record.symlink_to("/dev/zero")
    assert single_instance.running_address() == ""
    record.unlink()
    os.mkfifo(record)
    assert single_instance.running_address() == ""


@contextmanager
def other_server(answer: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """A server of another process: its port, and the data that it receives."""
    received: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            peer, _ = listener.accept()
            with peer:
                received.append(peer.recv(65536))
                peer.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1], received
        thread.join(10)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"garbage" * 10_000,
        b'HTTP/1.1 200 OK\r\n\r\n{"version": "0.1.0"}',
        b'HTTP/1.1 200 OK\r\n\r\n{"proof":"' + b"0" * 64 + b'"}',
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n",
    ],
)
def test_other_server_on_the_port_gets_no_token(own_home: Path, answer: bytes) -> None:
    with other_server(answer) as (port, received):
        single_instance.save_address(f"http://127.0.0.1:{port}/?token={TOKEN}")
        assert single_instance.running_address() == ""
    assert TOKEN.encode() not in b"".join(received)
    assert received[0].startswith(b"GET /api/proof?nonce=")


def test_proof_of_another_app_cannot_be_relayed(own_home: Path) -> None:
    """The port is signed, so a proof is valid for one port only."""
    with run_app(ServerConfig()) as app:
        nonce = "n" * 32
        answer = httpx.get(f"http://127.0.0.1:{app.port}/api/proof?nonce={nonce}").json()["proof"]
        assert is_proof(answer, app.token, app.port, nonce)
        assert not is_proof(answer, app.token, app.port + 1, nonce)
        assert not is_proof(answer, app.token, app.port, "m" * 32)


def test_running_app_is_recognized(own_home: Path) -> None:
    with run_app(ServerConfig()) as app:
        single_instance.save_address(app.address())
        assert single_instance.running_address() == app.address()
    assert single_instance.running_address() == ""


@pytest.mark.parametrize("nonce", ["", "short", "n" * 65, "n" * 21 + "%20", "\u00fc" * 30])
def test_invalid_nonce(app: AppServer, origin: str, nonce: str) -> None:
    answer = httpx.get(f"{origin}/api/proof", params={"nonce": nonce})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "input")


def test_proof_gives_no_access(app: AppServer, origin: str) -> None:
    nonce = "n" * 32
    for wrong in (proof(app.token, app.port, nonce), nonce):
        headers = {"Authorization": f"Bearer {wrong}"}
        assert httpx.get(f"{origin}/api/health", headers=headers).status_code == 401
    assert httpx.post(f"{origin}/api/proof?nonce={nonce}").status_code == 405
    assert json.loads(httpx.get(f"{origin}/api/proof?nonce={nonce}").text).keys() == {"proof"}
