"""Who may come in: those with the run's token, from this page, in this host's own name."""

import secrets
import time
from ipaddress import ip_address
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .answers import refusal

NOT_ALLOWED, FOREIGN, BUSY = 4401, 4403, 1013
"""How a socket is closed: without the token, by another page, and for now."""

_CODES = {401: NOT_ALLOWED, 429: BUSY}
_SAFE = ("GET", "HEAD")
_OTHER_NAME = "Open the app by the address that musicalface has printed."
_REFILL, _BURST = 40.0, 150.0  # requests a second, and how many may come at once
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' blob: https://i.scdn.co https://mosaic.scdn.co; media-src 'self' blob:; "
    "connect-src 'self' {socket}; frame-src {embed}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Gate:
    """ASGI middleware: checks Host, Origin, cookie and rate, and sets the headers of answers.

    The token in the first address is exchanged at once for a cookie that no script
    reads and no other site sends; programs may send it as a bearer token.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        port: int,
        embed_port: int,
        token: str,
        tls: bool,
        names: frozenset[str] = frozenset(),
    ) -> None:
        self._app, self._names = app, names
        self._port, self._embed_port, self._token, self._tls = port, embed_port, token, tls
        self._cookie = f"musicalface_{port}"  # cookies know no ports
        self._left, self._at = _BURST, time.monotonic()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI asks."""
        refused = self._refused(scope)
        if refused is None:
            await self._app(scope, receive, self._with_headers(scope, send))
        elif scope["type"] == "websocket":
            await _refuse_socket(refused.status_code, receive, send)
        else:
            await refused(scope, receive, self._with_headers(scope, send))

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not is_own_name(host, self._port, self._names, self._tls):
            return PlainTextResponse(_OTHER_NAME, 421)
        if not self._is_same_origin(scope, headers, host):
            return refusal(403, "foreign", "This request comes from another page.")
        if self._token_in(scope):
            return self._admission()
        if not self._is_admitted(headers):
            return _unknown(scope)
        if not self._has_rate_left():
            return refusal(429, "busy", "Too many requests at once: try again in a second.")
        return None

    def _is_same_origin(self, scope: Scope, headers: Headers, host: str) -> bool:
        """A browser says the origin of every socket and of all that changes something."""
        origin = headers.get("origin")
        if scope["type"] == "websocket" and not self._bearer(headers):
            return origin == f"{self._scheme}://{host}"
        return scope.get("method") in _SAFE or origin in (None, f"{self._scheme}://{host}")

    def _token_in(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["path"] != "/":
            return False
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        return secrets.compare_digest(given.encode(), self._token.encode())

    def _admission(self) -> Response:
        answer = RedirectResponse("/", 303)
        answer.set_cookie(
            self._cookie, self._token, httponly=True, samesite="strict", secure=self._tls
        )
        return answer

    def _is_admitted(self, headers: Headers) -> bool:
        cookie = cookie_parser(headers.get("cookie", "")).get(self._cookie, "")
        return any(
            secrets.compare_digest(given.encode(), self._token.encode())
            for given in (cookie, self._bearer(headers))
        )

    def _bearer(self, headers: Headers) -> str:
        kind, _, token = headers.get("authorization", "").partition(" ")
        return token if kind.lower() == "bearer" else ""

    def _has_rate_left(self) -> bool:
        """A bucket that fills again (token bucket)."""
        now = time.monotonic()
        self._left = min(_BURST, self._left + (now - self._at) * _REFILL) - 1
        self._at = now
        if self._left < 0:
            self._left = 0.0
            return False
        return True

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        host = name_of(Headers(scope=scope).get("host", ""))
        policy = _POLICY.format(
            socket=f"ws{'s' if self._tls else ''}://{host}:{self._port}",
            embed=f"{self._scheme}://{host}:{self._embed_port}",
        )

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS | {"Content-Security-Policy": policy})
            await send(message)

        return with_headers

    @property
    def _scheme(self) -> str:
        return "https" if self._tls else "http"


def name_of(host: str) -> str:
    """A Host without its port."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() else host


def is_own_name(
    host: str, port: int, names: frozenset[str] = frozenset(), tls: bool = False
) -> bool:
    """Whether a Host is an address, or one of the names given: none that others point here.

    Browsers leave out the usual port.
    """
    name = name_of(host)
    said = host[len(name) + 1 :] or ("443" if tls else "80")
    try:
        is_known = name in names or (bool(ip_address(name.strip("[]"))) and "%" not in name)
    except ValueError:
        return False
    return is_known and said == str(port)


def _unknown(scope: Scope) -> Response:
    sentence = "Open the address that musicalface has printed: it lets you in."
    if scope["path"].startswith("/api/"):
        return refusal(401, "not_allowed", sentence)
    return PlainTextResponse(sentence, 401)


async def _refuse_socket(status: int, receive: Receive, send: Send) -> None:
    """Accepted first, so that the page is told why."""
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": _CODES.get(status, FOREIGN)})
