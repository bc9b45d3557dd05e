"""Embed page: Spotify's player on its own port, and so its own origin."""

from html import escape
from importlib.resources import files
from string import Template

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ..http_server.csrf_protection import Security
from ..http_server.site_origin import Site, name_of
from ..http_server.token_access import OpenAccess
from ..players.page.server import UI
from ..players.song_links import EMBED_API, EMBED_ORIGINS
from ..sentences import fill

STATIC = files(__package__) / "static"
_FILES = {
    "embed-frame.js": ("text/javascript", STATIC / "embed-frame.js"),
    "spotify-embed.js": ("text/javascript", UI / "spotify-embed.js"),
    "spotify-embed.css": ("text/css", STATIC / "spotify-embed.css"),
}
_POLICY = (
    "default-src 'none'; connect-src 'self'; img-src 'self'; style-src 'self'; "
    f"script-src 'self' {EMBED_ORIGINS}; frame-src {EMBED_ORIGINS}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors "
)


def embed_app(site: Site, app_port: int) -> Starlette:
    """An ASGI app whose page only the main app may frame; it serves no data of the user."""

    def origin(name: str) -> str:
        return f"{site.scheme}://{name}:{app_port}"

    def headers(name: str) -> dict[str, str]:
        return {"Content-Security-Policy": _POLICY + origin(name)}

    async def answer(request: Request) -> Response:
        app_origin = origin(name_of(request.headers.get("host", "")))
        return _file(request.path_params["name"], app_origin)

    security = Middleware(Security, site=site, access=OpenAccess(), headers=headers)
    return Starlette(routes=[Route("/{name:path}", answer)], middleware=[security])


def _file(name: str, origin: str) -> Response:
    if name == "":
        html = Template((STATIC / "spotify-embed.html").read_text("utf-8"))
        values = {"app": escape(origin), "api": escape(EMBED_API)}
        return Response(fill(html.substitute(values)), media_type="text/html")
    if name in _FILES:
        kind, asset = _FILES[name]
        return Response(asset.read_text("utf-8"), media_type=kind)
    return PlainTextResponse("Not found.", 404)
