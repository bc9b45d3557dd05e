"""Who may come in."""

import socket
import time

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin

from musicalface.web import gate, patience
from musicalface.web.gate import FOREIGN, NOT_ALLOWED, is_own_name
from musicalface.web.serve import Running
from tests.web.conftest import camera


def test_the_token_becomes_a_cookie_at_once(app: Running, origin: str) -> None:
    answer = httpx.get(app.address())
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=strict", "Path=/"))
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", "/api/health", "/api/songs", "/static/js/main.js"])
def test_nobody_gets_in_without_it(origin: str, path: str) -> None:
    for query in ("", "?token=", "?token=wrong"):
        assert httpx.get(origin + path + query).status_code == 401


def test_programs_may_send_it_as_a_bearer_token(app: Running, origin: str) -> None:
    answer = httpx.get(f"{origin}/api/health", headers={"Authorization": f"Bearer {app.token}"})
    assert answer.json()["version"]


@pytest.mark.parametrize("host", ["evil.example:{port}", "127.0.0.1:1", "127.0.0.1", "", "x"])
def test_another_name_of_this_host_is_refused(
    app: Running, visitor: httpx.Client, host: str
) -> None:
    answer = visitor.get("/api/health", headers={"Host": host.format(port=app.port)})
    assert answer.status_code in (400, 421)


def test_own_names() -> None:
    assert is_own_name("127.0.0.1:80", 80)
    assert is_own_name("[::1]:80", 80)
    assert is_own_name("192.168.1.7:80", 80)
    assert is_own_name("127.0.0.1", 80)
    assert is_own_name("127.0.0.1", 443, tls=True)
    assert is_own_name("mypc.local:9", 9, frozenset({"mypc.local"}))
    foreign = ("rebind.example:80", "127.0.0.1:8080", "", ":80", "[::1%;script-src *]:80")
    assert not any(is_own_name(host, 80) for host in foreign)


@pytest.mark.parametrize("origin_", ["http://evil.example", "null", "http://127.0.0.1:1"])
def test_another_page_cannot_change_anything(
    app: Running, visitor: httpx.Client, origin_: str
) -> None:
    answer = visitor.post("/api/songs", json={"mood": "happy"}, headers={"Origin": origin_})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "foreign")
    address = f"ws://127.0.0.1:{app.port}/api/sight"
    cookie = {"Cookie": f"musicalface_{app.port}={app.token}"}
    with connect(address, origin=Origin(origin_), additional_headers=cookie, proxy=None) as socket:
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=5)
        assert socket.close_code == FOREIGN


def test_a_socket_needs_cookie_and_origin(app: Running) -> None:
    with camera(app, token="wrong") as socket:
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=5)
        assert socket.close_code == NOT_ALLOWED
    address = f"ws://127.0.0.1:{app.port}/api/sight"
    with connect(address, proxy=None) as socket, pytest.raises(ConnectionClosed):
        socket.recv(timeout=5)


def test_who_connects_and_says_nothing_is_in_nobodys_way(
    app: Running, visitor: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.3)
    silent = [socket.create_connection(("127.0.0.1", app.port)) for _ in range(50)]
    with camera(app) as line:
        time.sleep(0.8)
        assert [each.recv(1) for each in silent] == [b""] * 50
        line.send("{}")
        assert line.recv(timeout=5)
    for each in silent:
        each.close()
    assert visitor.get("/api/health").status_code == 200


def test_what_a_browser_may_do(app: Running, visitor: httpx.Client) -> None:
    headers = visitor.get("/").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert f"frame-src http://127.0.0.1:{app.embed_port};" in policy
    assert "unsafe" not in policy
    assert headers["permissions-policy"].startswith("camera=(self)")
    assert "access-control-allow-origin" not in headers
    assert headers["x-content-type-options"] == "nosniff"


def test_too_many_requests(visitor: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_REFILL", 10.0)
    monkeypatch.setattr(gate, "_BURST", 30.0)
    statuses = [visitor.get("/api/health").status_code for _ in range(60)]
    assert statuses[:20] == [200] * 20
    assert 429 in statuses
    time.sleep(0.5)
    assert visitor.get("/api/health").status_code == 200


def test_the_embed_has_an_origin_of_its_own(app: Running) -> None:
    embed = f"http://127.0.0.1:{app.embed_port}"
    page = httpx.get(f"{embed}/")
    policy = page.headers["content-security-policy"]
    assert f"frame-ancestors http://127.0.0.1:{app.port}" in policy
    assert "https://open.spotify.com" in policy
    assert f'content="http://127.0.0.1:{app.port}"' in page.text
    assert httpx.get(f"{embed}/embed.js").status_code == 200
    for path in ("/api/health", "/index.html", "/../app.py", "/js/main.js"):
        assert httpx.get(embed + path).status_code == 404
    assert httpx.get(f"{embed}/", headers={"Host": "evil.example"}).status_code == 421
