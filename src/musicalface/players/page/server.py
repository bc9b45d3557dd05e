"""Server of a player page, on loopback, at an address with a secret."""

import json
import secrets
import socket
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from html import escape
from importlib.resources import files
from string import Template

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from ...http_server.csrf_protection import Security
from ...http_server.errors import error_response
from ...http_server.server import BackgroundServer
from ...http_server.site_origin import Site
from ...http_server.token_access import PathAccess
from ...sentences import fill
from ...songs.song import Song
from .play_queue import PlayQueue, Row

_TYPES = {
    "icon.svg": "image/svg+xml",
    "page.css": "text/css",
    "page.js": "text/javascript",
}
UI = files(__package__) / "ui"
"""Scripts and styles that this page and the app's page share."""


class Page:
    """Serves one page, its scripts and its songs until closed; a context manager.

    `values` fill the template, `row` returns the JSON of a song, `policy` is the
    Content-Security-Policy, `routes` are added, and `on_close` is called at the end. The
    address contains a secret, and requests for another host (DNS rebinding) are rejected.
    """

    def __init__(
        self,
        queue: PlayQueue,
        row: Callable[[int, Song], Row],
        values: Mapping[str, str],
        policy: str,
        routes: Iterable[BaseRoute] = (),
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        self._on_close = on_close
        listener = socket.create_server(("127.0.0.1", 0))
        site, secret = Site(listener.getsockname()[1]), secrets.token_urlsafe(16)
        self.address = f"http://127.0.0.1:{site.port}/{secret}/"
        inside = [
            Route("/", partial(_page, values)),
            Route("/songs", partial(_songs, queue, row)),
            Route("/events", partial(_events, queue)),
            Route("/{name}", _static),
            Mount("/ui", StaticFiles(directory=str(UI))),
            *routes,
        ]
        security = Middleware(
            Security,
            site=site,
            access=PathAccess(secret),
            headers=lambda _: {"Content-Security-Policy": policy},
        )
        app = Starlette(routes=[Mount(f"/{secret}", routes=inside)], middleware=[security])
        self._server = BackgroundServer(app, listener)
        self._server.start()

    def wait(self) -> None:
        """Block until Ctrl-C."""
        self._server.wait()

    def close(self) -> None:
        """Stop serving; open connections are closed."""
        self._server.close()
        self._on_close()

    def __enter__(self) -> "Page":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def not_found(message: str) -> Response:
    """A 404 response with a JSON error."""
    return error_response(404, "not_found", message)


async def _page(values: Mapping[str, str], _: Request) -> Response:
    safe = {name: escape(value) for name, value in values.items()}
    return HTMLResponse(Template(fill(_asset("page.html"))).safe_substitute(safe))


async def _songs(queue: PlayQueue, row: Callable[[int, Song], Row], _: Request) -> Response:
    rows = [row(number, song) for number, song in enumerate(queue.songs)]
    # ASCII, because a name may contain surrogates that UTF-8 cannot encode.
    content = json.dumps({"songs": rows[queue.start :]})
    return Response(content, media_type="application/json")


async def _events(queue: PlayQueue, _: Request) -> Response:
    return StreamingResponse(queue.events(), media_type="text/event-stream")


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _TYPES:
        return Response(status_code=404)
    return Response(_asset(name), media_type=_TYPES[name])


def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
