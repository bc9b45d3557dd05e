"""CSRF protection, as middleware: checks Host, Origin and access, and sets security headers."""

from collections.abc import Callable, Mapping
from typing import Protocol

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..sentences import sentence
from .errors import UnexpectedErrors, error_response
from .message_page import POLICY, message_page, wants_page
from .site_origin import Site, name_of

NOT_ALLOWED, WRONG_ORIGIN, BUSY = 4401, 4403, 1013
"""WebSocket close codes: no token, wrong origin, rate limit."""

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of every response of every server."""

_CODES = {401: NOT_ALLOWED, 429: BUSY}
_SAFE = ("GET", "HEAD")
_OTHER_HOST = ("messages.wrong_host", "messages.wrong_host_more")
_NO_POLICY = {"Content-Security-Policy": POLICY}


class Access(Protocol):
    """Access control of a server."""

    def refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """The response to send instead of the app's, or None; marks trusted connections."""


class Security:
    """ASGI middleware; `headers` returns further headers for the request's host name."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        site: Site,
        access: Access,
        headers: Callable[[str], Mapping[str, str]],
    ) -> None:
        self._app = UnexpectedErrors(app)  # inside, so that error responses get the headers
        self._site, self._access, self._headers = site, access, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        headers = Headers(scope=scope)
        refused = self._refusal(scope, headers)
        if refused is None:
            await self._app(scope, receive, _with_headers(send, self._headers_for(headers)))
        elif scope["type"] == "websocket":
            await _refuse_socket(refused.status_code, receive, send)
        else:
            await refused(scope, receive, _with_headers(send, self._headers_for(headers)))

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        if not self._site.is_own(headers.get("host", "")):
            return _wrong_host(headers)
        if not self._is_same_origin(scope, headers):
            return error_response(
                403, "foreign", "Request from another site rejected. Use the app's own page."
            )
        if "\0" in scope["path"]:  # no file has such a name, and open() raises ValueError
            return error_response(404, "unknown", "Not found.")
        return self._access.refusal(scope, headers)

    def _is_same_origin(self, scope: Scope, headers: Headers) -> bool:
        """CSRF check: browsers send Origin with WebSockets and with requests that change state."""
        origin, own = headers.get("origin"), f"{self._site.scheme}://{headers.get('host')}"
        if scope["type"] == "websocket" and not bearer_token(headers):
            return origin == own
        return scope.get("method") in _SAFE or origin in (None, own)

    def _headers_for(self, headers: Headers) -> dict[str, str]:
        host = headers.get("host", "")
        policy = self._headers(name_of(host)) if self._site.is_own(host) else _NO_POLICY
        return HEADERS | dict(policy)


def bearer_token(headers: Headers) -> str:
    """The token of the Authorization header, or ""."""
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else ""


def _wrong_host(headers: Headers) -> Response:
    if wants_page(headers):
        return message_page(421, *_OTHER_HOST)
    return PlainTextResponse(" ".join(map(sentence, _OTHER_HOST)), 421)


def _with_headers(send: Send, headers: Mapping[str, str]) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return sending


async def _refuse_socket(status: int, receive: Receive, send: Send) -> None:
    """Accept, then close with a code: scripts cannot read the status of a failed handshake."""
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": _CODES.get(status, WRONG_ORIGIN)})
