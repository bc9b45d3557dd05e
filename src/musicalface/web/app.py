"""The app's addresses, and what answers at each."""

import time
from importlib.resources import files
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from ..errors import MusicalFaceError
from . import photo, players, shelf, songs, spotify
from .answers import broken, json_call, told, unknown
from .desk import Desk
from .evening import Evening
from .eyes import Eyes
from .gate import Gate
from .health import health
from .shelf import Shelf
from .sight import sight

STATIC = files(__package__) / "static"
_EXAMPLES = Path(__file__).parents[3] / "examples"

CALLS = (
    ("GET", "/health", health),
    ("POST", "/songs", songs.songs),
    ("GET", "/evening", songs.evening),
    ("DELETE", "/evening", songs.forget),
    ("GET", "/spotify", spotify.status),
    ("POST", "/spotify/login", spotify.log_in),
    ("POST", "/spotify/logout", spotify.log_out),
    ("GET", "/spotify/devices", spotify.devices),
    ("POST", "/spotify/play", spotify.play),
    ("POST", "/spotify/pause", spotify.pause),
    ("POST", "/spotify/next", spotify.go_on),
    ("POST", "/spotify/like", spotify.like),
    ("POST", "/spotify/playlist", spotify.playlist),
    ("GET", "/spotify/playing", spotify.playing),
    ("GET", "/library", shelf.contents),
    ("POST", "/library", shelf.add),
    ("DELETE", "/library", shelf.remove),
    ("POST", "/library/stop", shelf.stop),
)
"""What takes JSON or nothing, and answers JSON."""


def create_app(
    *,
    port: int,
    embed_port: int,
    token: str,
    tls: bool = False,
    names: frozenset[str] = frozenset(),
) -> Starlette:
    """The app for one run: its state lives as long as it does."""
    api: list[BaseRoute] = [
        Route(path, json_call(work), methods=[method]) for method, path, work in CALLS
    ]
    api += [
        Route("/players", players.players),
        Route("/read", photo.read, methods=["POST"]),
        Route("/library/files/{number:int}", shelf.file),
        WebSocketRoute("/sight", sight),
    ]
    routes = [
        Route("/", _index),
        Mount("/api", routes=api),
        Route("/static/portrait.png", _portrait),
        Mount("/static", StaticFiles(directory=str(STATIC))),
    ]
    gate = Middleware(Gate, port=port, embed_port=embed_port, token=token, tls=tls, names=names)
    handlers = {MusicalFaceError: told, OSError: told, HTTPException: unknown, Exception: broken}
    app = Starlette(routes=routes, middleware=[gate], exception_handlers=handlers)
    app.state.eyes, app.state.evening = Eyes(), Evening()
    app.state.desk, app.state.shelf = Desk(), Shelf()
    app.state.started, app.state.embed_port = time.monotonic(), embed_port
    return app


async def _portrait(_: Request) -> Response:
    """The sample; in a checkout it lies among the examples."""
    inside = Path(__file__).parent / "portrait.png"
    return FileResponse(inside if inside.is_file() else _EXAMPLES / "portrait.png")


async def _index(request: Request) -> Response:
    return FileResponse(str(STATIC / "index.html"))
