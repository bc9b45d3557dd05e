"""Fuzz targets of the app: HTTP requests without the token, WebSocket texts, app.json."""

import asyncio
import json
import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import h11
from starlette.applications import Starlette

from musicalface import stored_settings
from musicalface.http_server.site_origin import Site
from musicalface.web import camera_websocket, single_instance
from musicalface.web.app import create_app
from musicalface.web.session_history import SessionHistory

from .target import Target, written

_PORT = 8642
_TOKEN = "a-token-that-cannot-be-guessed-0123456789"


@cache
def _app() -> Starlette:
    return create_app(Site(_PORT), _PORT + 1, _TOKEN)


def _request(content: bytes, _: Path) -> None:
    """No request without the token gets a page."""
    connection = h11.Connection(h11.SERVER)
    connection.receive_data(content)
    try:
        event = connection.next_event()
    except h11.RemoteProtocolError:
        return
    if isinstance(event, h11.Request):
        with ThreadPoolExecutor(1) as thread:  # Playwright may run a loop in this one
            status = thread.submit(asyncio.run, _status_of(_scope(event))).result()
        assert 300 <= status < 500, status


def _scope(request: h11.Request) -> dict[str, Any]:
    """The ASGI scope that uvicorn makes of a request."""
    path, _, query = request.target.partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": request.http_version.decode(),
        "method": request.method.decode("ascii"),
        "scheme": "http",
        "path": path.decode("ascii"),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": list(request.headers),
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", _PORT),
    }


async def _status_of(scope: dict[str, Any]) -> int:
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await _app()(scope, receive, send)
    return statuses[0]


def _requests() -> list[bytes]:
    host = f"Host: 127.0.0.1:{_PORT}\r\n"
    return [
        f"{line} HTTP/1.1\r\n{host}{more}\r\n".encode()
        for line, more in (
            ("GET /?token=x", ""),
            ("GET /api/health", "Authorization: Bearer x\r\n"),
            ("GET /api/library/files/1", "Range: bytes=0-1,2-3\r\nCookie: musicalface_8642=x\r\n"),
            ("POST /api/songs", f"Origin: http://127.0.0.1:{_PORT}\r\nContent-Length: 2\r\n"),
            ("GET /static/../app.py", "Transfer-Encoding: chunked\r\n"),
        )
    ]


def _socket_text(content: bytes, _: Path) -> None:
    assert isinstance(camera_websocket._parse_command(content.decode("utf-8", "replace")), str)


def _read_instance(content: bytes, folder: Path) -> None:
    """The record of a running app; nothing listens at its address."""
    written(content, folder / "home" / "app.json")
    single_instance.running_address()
    single_instance.clear_address("http://127.0.0.1:1/?token=x")


def _records() -> list[bytes]:
    ended = {"address": "http://127.0.0.1:1/?token=" + "x" * 32, "process": 2**22 + 1}
    return [json.dumps(each).encode() for each in (ended, ended | {"process": os.getppid()})]


def _read_history(content: bytes, folder: Path) -> None:
    written(content, folder / "home" / "history.json")
    stored_settings.change(history=True)
    history = SessionHistory()
    history.add_mood("sad", None, False)
    history.add_heard({"artist": "A", "title": "B", "url": None}, "sad")
    assert history.entries()


def _history() -> list[bytes]:
    song = {"artist": "A", "title": "愛", "url": "https://open.spotify.com/track/0", "at": 5.0}
    entry = {"at": 1.0, "mood": "happy", "toward": "sad", "corrected": True, "songs": [song]}
    return [json.dumps({"history": [entry, {**entry, "toward": None, "songs": []}]}).encode()]


TARGETS = (
    Target("http-request", _request, _requests),
    Target("socket-text", _socket_text, lambda: [b'{"do": "rest"}', b"[]", b"\xed\xa0\x80"]),
    Target("app-json", _read_instance, _records),
    Target("history-json", _read_history, _history),
)
