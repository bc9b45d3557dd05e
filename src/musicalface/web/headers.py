"""Security headers of the app's responses."""

from ..http_server.message_page import STYLE_SOURCE
from ..http_server.site_origin import Site
from ..players.deezer import preview_origins

_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; manifest-src 'self'; "
    f"style-src 'self' {STYLE_SOURCE}; "
    "img-src 'self' blob: https://i.scdn.co https://mosaic.scdn.co; "
    "media-src 'self' blob: {previews}; connect-src 'self' {socket}; frame-src {embed}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def app_headers(site: Site, embed_port: int, name: str) -> dict[str, str]:
    """Headers that allow the app's WebSocket, embed page and previews, for the request's host."""
    policy = _POLICY.format(
        socket=f"{'wss' if site.tls else 'ws'}://{name}:{site.port}",
        previews=" ".join(preview_origins()),
        embed=f"{site.scheme}://{name}:{embed_port}",
    )
    return {**_HEADERS, "Content-Security-Policy": policy}
