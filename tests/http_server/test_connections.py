"""Deadlines and the connection cap: clients without the token cannot block others."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from musicalface.http_server import accept_loop, connections, timeouts
from musicalface.http_server.connections import most_connections
from musicalface.http_server.csrf_protection import Security
from musicalface.http_server.server import BackgroundServer
from musicalface.http_server.site_origin import Site
from musicalface.http_server.timeouts import Phase
from musicalface.http_server.token_access import TokenAccess
from musicalface.players.page import BrowserPlayer
from musicalface.players.spotify.callback_server import CallbackServer
from musicalface.web.server import ServerConfig, run_app
from tests.http_server.peers import REFUSED, held, is_closed, wait_until_closed

TOKEN = "a-token-of-this-test"
TRUSTED = {"Authorization": f"Bearer {TOKEN}"}


async def upload(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def large(_: Request) -> Response:
    return Response(bytes(30_000_000))


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server with a token, a cap of 20 connections, and short deadlines."""
    monkeypatch.setattr(accept_loop, "INTERVAL", 0.05)
    monkeypatch.setattr(connections, "MOST", 20)
    for limits in (timeouts.LIMITS, timeouts.TRUSTED):
        for phase in limits:
            monkeypatch.setitem(limits, phase, 0.5)
    listener = socket.create_server(("127.0.0.1", 0))
    site = Site(listener.getsockname()[1])
    security = Middleware(
        Security, site=site, access=TokenAccess(site, TOKEN, ""), headers=lambda _: {}
    )
    routes = [Route("/upload", upload, methods=["POST"]), Route("/large", large)]
    server = BackgroundServer(Starlette(routes=routes, middleware=[security]), listener)
    server.start()
    yield site.port
    server.close()


def request(port: int, line: str, *headers: str) -> bytes:
    fields = (f"Host: 127.0.0.1:{port}", f"Authorization: Bearer {TOKEN}", *headers)
    return "\r\n".join((f"{line} HTTP/1.1", *fields, "", "")).encode()


@pytest.mark.parametrize(
    ("first", "more"),
    [
        (b"", b""),
        (b"", b"GET / HT"),
        (REFUSED, b""),
        (REFUSED, b"G"),
        (REFUSED, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1"),
    ],
)
def test_idle_untrusted_connection_is_closed(port: int, first: bytes, more: bytes) -> None:
    with held(port, 1, first, more) as (peer,):
        wait_until_closed(peer)


def test_second_request_has_a_deadline(port: int) -> None:
    with held(port, 1, request(port, "GET /nothing"), b"G") as (peer,):
        wait_until_closed(peer)


def test_stalled_upload_is_closed(port: int) -> None:
    head = request(port, "POST /upload", "Content-Length: 100")
    with held(port, 1, b"", head + b"some") as (peer,):
        wait_until_closed(peer)


def test_stalled_unread_body_is_closed(port: int) -> None:
    head = request(port, "POST /nothing", "Content-Length: 100")
    with held(port, 1, head, b"some") as (peer,):
        wait_until_closed(peer)


def test_trusted_client_may_read_slowly(port: int) -> None:
    """A browser stops reading a song that is paused."""
    with held(port, 1, b"", request(port, "GET /large")) as (peer,):
        time.sleep(1.5)  # three deadlines
        peer.settimeout(20)
        left = 30_000_000
        while left > 0:
            piece = peer.recv(1_000_000)
            assert piece
            left -= len(piece)


def test_untrusted_client_that_does_not_read_is_closed(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("musicalface.http_server.token_access.trust", lambda scope: None)
    with held(port, 1, b"", request(port, "GET /large")) as (peer,):
        time.sleep(1.5)
        peer.settimeout(20)
        received = 0
        try:
            while piece := peer.recv(1_000_000):
                received += len(piece)
        except ConnectionError:
            pass
        assert received < 30_000_000


def test_untrusted_connections_are_evicted_at_the_cap(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for phase in Phase:
        monkeypatch.setitem(timeouts.LIMITS, phase, 600.0)
        monkeypatch.setitem(timeouts.TRUSTED, phase, 600.0)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=TRUSTED) as client:
        assert client.post("/upload", content=b"12345").text == "5"
        with held(port, 60, REFUSED, b"G") as peers:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=TRUSTED) as another:
                assert another.post("/upload", content=b"12345").text == "5"
            assert client.post("/upload", content=b"12345").text == "5"
            closed = [is_closed(peer) for peer in peers]
    assert closed[:40] == [True] * 40
    assert not all(closed)


def test_cap_depends_on_the_descriptor_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {20: 8, 256: 64, 1024: 256, 65_536: 400}
    for descriptors, most in limits.items():
        monkeypatch.setattr(connections, "descriptor_limit", lambda n=descriptors: n)
        assert most_connections() == most


def test_app_and_embed_page_respond_under_load(own_home: Path) -> None:
    with run_app(ServerConfig()) as app:
        headers = {"Authorization": f"Bearer {app.token}"}
        with held(app.port, 300, REFUSED, b"G"), held(app.embed_port, 300):
            health = httpx.get(f"http://127.0.0.1:{app.port}/api/health", headers=headers)
            embed = httpx.get(f"http://127.0.0.1:{app.embed_port}/")
    assert (health.status_code, embed.status_code) == (200, 200)


def test_player_page_responds_under_load() -> None:
    player = BrowserPlayer("1 happy song")
    with player.page as page, held(int(page.address.split(":")[2].split("/")[0]), 300):
        assert httpx.get(page.address).status_code == 200


def test_login_callback_responds_under_load() -> None:
    with CallbackServer("the-state", lambda _: None) as callback:
        port = int(callback.address.split(":")[2].split("/")[0])
        with held(port, 300, b"", b"GET /call"):
            page = httpx.get(callback.address, params={"state": "the-state", "code": "c"})
            assert (page.status_code, callback.wait(5)) == (200, "c")


_FEW_FILES = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
import httpx
from musicalface.web.server import ServerConfig, run_app
with run_app(ServerConfig()) as app:
    print(app.port, app.token, flush=True)
    sys.stdin.readline()
    assert len(app.servers[0].connections) <= 64
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs ulimit")
def test_with_few_file_descriptors(own_home: Path) -> None:
    """256 is the default limit of macOS."""
    process = subprocess.Popen(
        [sys.executable, "-c", _FEW_FILES],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    port, token = process.stdout.readline().split()
    with held(int(port), 400, REFUSED, b"G"):
        for path in ("api/health", "", "api/players", "static/portrait.png"):
            answer = httpx.get(
                f"http://127.0.0.1:{port}/{path}",
                headers={"Authorization": f"Bearer {token}"},
                timeout=30,
            )
            assert answer.status_code == 200
        assert process.communicate("\n", timeout=30)[1] == ""
    assert process.returncode == 0
