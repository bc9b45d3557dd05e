"""Security: token, cookie, Host, Origin, headers and rate limit."""

from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin

from musicalface.http_server import token_access
from musicalface.http_server.csrf_protection import NOT_ALLOWED, WRONG_ORIGIN
from musicalface.http_server.rate_limit import TokenBucket
from musicalface.http_server.site_origin import Site
from musicalface.web.server import AppServer, ServerConfig, run_app
from tests.web.conftest import connect_camera, wait_until


def test_token_is_exchanged_for_a_cookie(app: AppServer, origin: str) -> None:
    answer = httpx.get(app.address())
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=strict", "Path=/"))
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", "/api/health", "/api/songs", "/static/js/main.js"])
def test_requests_without_a_token_are_rejected(origin: str, path: str) -> None:
    for query in ("", "?token=", "?token=wrong"):
        assert httpx.get(origin + path + query).status_code == 401


def test_bearer_token(app: AppServer, origin: str) -> None:
    answer = httpx.get(f"{origin}/api/health", headers={"Authorization": f"Bearer {app.token}"})
    assert answer.json()["version"]


@pytest.mark.parametrize("host", ["evil.example:{port}", "127.0.0.1:1", "127.0.0.1", "", "x"])
def test_wrong_host_header_is_rejected(app: AppServer, client: httpx.Client, host: str) -> None:
    answer = client.get("/api/health", headers={"Host": host.format(port=app.port)})
    assert answer.status_code in (400, 421)


def test_own_hosts() -> None:
    site = Site(80)
    assert site.is_own("127.0.0.1:80")
    assert site.is_own("[::1]:80")
    assert site.is_own("192.168.1.7:80")
    assert site.is_own("127.0.0.1")
    assert Site(443, tls=True).is_own("127.0.0.1")
    assert Site(9, names=frozenset({"mypc.local"})).is_own("mypc.local:9")
    foreign = ("rebind.example:80", "127.0.0.1:8080", "", ":80", "[::1%;script-src *]:80")
    assert not any(site.is_own(host) for host in foreign)


@pytest.mark.parametrize("origin_", ["http://evil.example", "null", "http://127.0.0.1:1"])
def test_cross_origin_requests_are_rejected(
    app: AppServer, client: httpx.Client, origin_: str
) -> None:
    answer = client.post("/api/songs", json={"mood": "happy"}, headers={"Origin": origin_})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "foreign")
    address = f"ws://127.0.0.1:{app.port}/api/sight"
    cookie = {"Cookie": f"musicalface_{app.port}={app.token}"}
    with connect(address, origin=Origin(origin_), additional_headers=cookie, proxy=None) as socket:
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=60)
        assert socket.close_code == WRONG_ORIGIN


def test_websocket_needs_cookie_and_origin(app: AppServer) -> None:
    with connect_camera(app, token="wrong") as socket:
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=60)
        assert socket.close_code == NOT_ALLOWED
    address = f"ws://127.0.0.1:{app.port}/api/sight"
    with connect(address, proxy=None) as socket, pytest.raises(ConnectionClosed):
        socket.recv(timeout=60)


def test_security_headers(app: AppServer, client: httpx.Client) -> None:
    headers = client.get("/").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert f"frame-src http://127.0.0.1:{app.embed_port};" in policy
    assert "unsafe" not in policy
    assert headers["permissions-policy"].startswith("camera=(self)")
    assert "access-control-allow-origin" not in headers
    assert headers["x-content-type-options"] == "nosniff"


def test_rate_limit(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_access, "BURST", 20.0)
    monkeypatch.setattr(
        token_access, "REFILL", 0.5
    )  # per second, so that a slow machine reaches it
    with run_app(ServerConfig(port=None)) as app:
        headers = {"Authorization": f"Bearer {app.token}"}
        with httpx.Client(base_url=f"http://127.0.0.1:{app.port}", headers=headers) as client:
            statuses = [client.get("/api/history").status_code for _ in range(60)]
            assert statuses[:20] == [200] * 20
            assert 429 in statuses
            wait_until(lambda: client.get("/api/history").status_code == 200)


def test_token_bucket(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    bucket = TokenBucket(refill=8, burst=3)
    assert [bucket.take() for _ in range(5)] == [True, True, True, False, False]
    now[0] += 0.125
    assert [bucket.take() for _ in range(2)] == [True, False]


def test_embed_has_its_own_origin(app: AppServer) -> None:
    embed = f"http://127.0.0.1:{app.embed_port}"
    page = httpx.get(f"{embed}/")
    policy = page.headers["content-security-policy"]
    assert f"frame-ancestors http://127.0.0.1:{app.port}" in policy
    assert "https://open.spotify.com" in policy
    assert f'content="http://127.0.0.1:{app.port}"' in page.text
    assert httpx.get(f"{embed}/embed-frame.js").status_code == 200
    for path in ("/api/health", "/index.html", "/../app.py", "/js/main.js"):
        assert httpx.get(embed + path).status_code == 404
    assert httpx.get(f"{embed}/", headers={"Host": "evil.example"}).status_code == 421
