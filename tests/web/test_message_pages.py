"""Pages that say one thing: without the token, at a wrong host, after a login."""

import re
from base64 import b64encode
from hashlib import sha256

import httpx
import pytest

from musicalface.players.spotify.callback_server import CallbackServer
from musicalface.web.server import AppServer

PAGE = {"Accept": "text/html,*/*"}


def assert_styled(answer: httpx.Response, status: int, title: str) -> None:
    """A page with this title, whose style its Content-Security-Policy allows."""
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in answer.text
    (style,) = re.findall("<style>(.*?)</style>", answer.text, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_people_without_access_get_a_page(app: AppServer, origin: str) -> None:
    answer = httpx.get(f"{origin}/?token=wrong", headers=PAGE)
    assert_styled(answer, 401, "MusicalFace is private.")
    assert "<code>musicalface app</code>" in answer.text
    wrong_host = PAGE | {"Host": "evil.example"}
    assert_styled(httpx.get(origin, headers=wrong_host), 421, "Wrong host name.")
    for path in ("/api/health", "/static/js/main.js"):
        assert "<h1>" not in httpx.get(origin + path).text
    assert httpx.get(f"{origin}/api/health", headers=PAGE).json()["error"]["code"] == "not_allowed"


@pytest.mark.parametrize(
    ("query", "status", "title"),
    [
        ("state=ours&code=x", 200, "Spotify has answered."),
        ("state=ours&error=access_denied", 200, "Not connected."),
        ("state=%3Cb%3E&code=x", 400, "Wrong login."),
    ],
)
def test_page_after_the_login(query: str, status: int, title: str) -> None:
    with CallbackServer("ours", lambda _: None) as server:
        assert_styled(httpx.get(f"{server.address}?{query}", headers=PAGE), status, title)
