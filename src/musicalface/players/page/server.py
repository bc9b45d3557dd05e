"""A page's server: on loopback, for those only who were given its address."""

import json
import secrets
import socket
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from html import escape
from importlib.resources import files
from string import Template
from threading import Thread

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route

from ...songs.song import Song
from .deck import Deck, Row
from .guard import Guard

_TYPES = {
    "icon.svg": "image/svg+xml",
    "page.css": "text/css",
    "page.js": "text/javascript",
    "embedded.js": "text/javascript",
}
_ENOUGH = 100  # connections at once; a browser opens six
_END = 5.0


class Page:
    """Serves one page, its script and its songs until it is closed; a context manager.

    `words` fill the template, `row` tells what the page shows of a song, `policy` is
    its Content-Security-Policy and `routes` are added. The address holds a secret, and
    requests in the name of another host (DNS rebinding) are refused.
    """

    def __init__(
        self,
        deck: Deck,
        row: Callable[[int, Song], Row],
        words: Mapping[str, str],
        policy: str,
        routes: Iterable[BaseRoute] = (),
    ) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        host = f"127.0.0.1:{self._socket.getsockname()[1]}"
        secret = secrets.token_urlsafe(16)
        self.address = f"http://{host}/{secret}/"
        inside = [
            Route("/", partial(_page, words)),
            Route("/songs", partial(_songs, deck, row)),
            Route("/events", partial(_events, deck)),
            Route("/{name}", _static),
            *routes,
        ]
        guard = Middleware(Guard, host=host, policy=policy)
        app = Starlette(routes=[Mount(f"/{secret}", routes=inside)], middleware=[guard])
        self._server = uvicorn.Server(_config(app))
        self._thread = Thread(target=self._server.run, args=([self._socket],), daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Serve until Ctrl-C; in slices, which Windows can interrupt."""
        while self._thread.is_alive():
            self._thread.join(0.5)

    def close(self) -> None:
        """Stop serving; what a browser still reads is cut."""
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(_END)
        self._socket.close()

    def __enter__(self) -> "Page":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        log_level="critical",  # a browser that hangs up is no news
        access_log=False,  # the address is a secret
        lifespan="off",
        ws="none",
        limit_concurrency=_ENOUGH,
        server_header=False,
    )


async def _page(words: Mapping[str, str], _: Request) -> Response:
    safe = {name: escape(value) for name, value in words.items()}
    return HTMLResponse(Template(_asset("page.html")).substitute(safe))


async def _songs(deck: Deck, row: Callable[[int, Song], Row], _: Request) -> Response:
    rows = [row(number, song) for number, song in enumerate(deck.songs)]
    plain = json.dumps({"songs": rows[deck.start :]})  # in ASCII: a name may hold what UTF-8 cannot
    return Response(plain, media_type="application/json")


async def _events(deck: Deck, _: Request) -> Response:
    return StreamingResponse(deck.words(), media_type="text/event-stream")


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _TYPES:
        return Response(status_code=404)
    return Response(_asset(name), media_type=_TYPES[name])


def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
