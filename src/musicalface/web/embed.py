"""The small page that holds Spotify's player: on a port of its own, which is another origin."""

from html import escape
from importlib.resources import files
from string import Template

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ..players.links import EMBED_API, EMBED_ORIGINS
from .gate import is_own_name, name_of

_FILES = {"embed.js": "text/javascript", "embed.css": "text/css"}
_POLICY = (
    "default-src 'none'; connect-src 'self'; img-src 'self'; style-src 'self'; "
    f"script-src 'self' {EMBED_ORIGINS}; frame-src {EMBED_ORIGINS}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors "
)


def embed_app(
    port: int, app_port: int, scheme: str, names: frozenset[str] = frozenset()
) -> Starlette:
    """Framed by the app alone, and told its origin; it holds nothing of the person's."""

    async def answer(request: Request) -> Response:
        host = request.headers.get("host", "")
        if not is_own_name(host, port, names):
            return PlainTextResponse("This is another host's name.", 421)
        origin = f"{scheme}://{name_of(host)}:{app_port}"
        found = _file(request.path_params["name"], origin)
        found.headers["Content-Security-Policy"] = _POLICY + origin
        found.headers["Cache-Control"] = "no-store"
        found.headers["Referrer-Policy"] = "no-referrer"
        found.headers["X-Content-Type-Options"] = "nosniff"
        return found

    return Starlette(routes=[Route("/{name:path}", answer)])


def _file(name: str, origin: str) -> Response:
    if name == "":
        page = Template(_asset("embed.html"))
        words = {"app": escape(origin), "api": escape(EMBED_API)}
        return Response(page.substitute(words), media_type="text/html")
    if name in _FILES:
        return Response(_asset(name), media_type=_FILES[name])
    return PlainTextResponse("There is nothing here.", 404)


def _asset(name: str) -> str:
    return (files(__package__) / "static" / name).read_text("utf-8")
