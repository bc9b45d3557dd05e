"""The small page that holds Spotify's player: on a port of its own, which is another origin."""

from html import escape
from importlib.resources import files
from string import Template

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ..players import page
from ..players.links import EMBED_API, EMBED_ORIGINS
from .gate import is_own_name, name_of

STATIC, PAGE = files(__package__) / "static", files(page)
_FILES = {
    "embed.js": ("text/javascript", STATIC / "embed.js"),
    "embedded.js": ("text/javascript", PAGE / "embedded.js"),
    "embed.css": ("text/css", STATIC / "embed.css"),
}
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
        html = Template((STATIC / "embed.html").read_text("utf-8"))
        words = {"app": escape(origin), "api": escape(EMBED_API)}
        return Response(html.substitute(words), media_type="text/html")
    if name in _FILES:
        kind, asset = _FILES[name]
        return Response(asset.read_text("utf-8"), media_type=kind)
    return PlainTextResponse("There is nothing here.", 404)
