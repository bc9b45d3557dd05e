"""Callback server: receives the authorization code on loopback (RFC 8252)."""

import secrets
import socket
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from queue import Empty, Queue
from threading import Event

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...http_server.csrf_protection import Security
from ...http_server.message_page import POLICY, message_page
from ...http_server.server import BackgroundServer
from ...http_server.site_origin import Site
from ...http_server.token_access import OpenAccess
from ...identity import clean_name
from .endpoints import CALLBACK_PATH
from .spotify_errors import Problem, spotify_error

_GRACE = 1.0  # seconds to finish sending the last page
_HEADERS = {"Content-Security-Policy": POLICY}
_UNEXPECTED_ANSWER = "Ignored a response that doesn't belong to this login; still waiting."


class CallbackServer:
    """Waits on a free port of 127.0.0.1 for one response with the right state.

    Other requests (a favicon, another tab's response) are rejected, and the wait
    continues. A context manager.
    """

    def __init__(self, state: str, notify: Callable[[str], None]) -> None:
        self._state = state
        self._notify = notify
        self._has_reported = False
        self._answers: Queue[dict[str, str]] = Queue()
        listener = socket.create_server(("127.0.0.1", 0))
        self._port = listener.getsockname()[1]
        self._server = BackgroundServer(_app(self._answer, self._port), listener)

    @property
    def address(self) -> str:
        """The redirect URI for Spotify."""
        return f"http://127.0.0.1:{self._port}{CALLBACK_PATH}"

    def wait(self, seconds: float, cancelled: Event | None = None) -> str:
        """Wait for the code; raises SpotifyError after a timeout, or if access is denied."""
        answer = self._wait_for_answer(time.monotonic() + seconds, cancelled or Event())
        if "code" in answer:
            return answer["code"]
        if answer.get("error") == "access_denied":
            raise spotify_error(Problem.REFUSED)
        raise spotify_error(Problem.OURS, clean_name(answer.get("error", "no code"))[:40])

    def _wait_for_answer(self, end: float, cancelled: Event) -> dict[str, str]:
        """Wait in slices, so that Ctrl-C works on Windows too."""
        while time.monotonic() < end and not cancelled.is_set():
            with suppress(Empty):
                return self._answers.get(timeout=min(0.5, max(0.01, end - time.monotonic())))
        raise spotify_error(Problem.TOO_LATE)

    async def _answer(self, request: Request) -> Response:
        """Handle the redirect, and return the last page of the login."""
        answer = dict(request.query_params)
        state = answer.get("state", "").encode("utf-8", "replace")
        if not secrets.compare_digest(state, self._state.encode()):
            self._report_unexpected()
            return _page(400, "messages.wrong_login", "messages.wrong_login_more")
        # Before the page is sent: the browser may disconnect.
        self._answers.put(answer)
        title = "messages.no_login" if "error" in answer else "messages.logged_in"
        return _page(200, title, "messages.login_over")

    def _report_unexpected(self) -> None:
        """Report, once, that a response of another login was ignored."""
        if not self._has_reported:
            self._has_reported = True
            self._notify(_UNEXPECTED_ANSWER)

    def __enter__(self) -> "CallbackServer":
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.close(_GRACE)


def _app(answer: Callable[[Request], Awaitable[Response]], port: int) -> Starlette:
    """An app with the callback's path; its 404 is HTML too, because a user may see it."""
    security = Middleware(
        Security, site=Site(port), access=OpenAccess(), headers=lambda _: _HEADERS
    )

    def nothing(_: Request, __: Exception) -> Response:
        return _page(404, "messages.not_found", "messages.not_found_more")

    routes = [Route(CALLBACK_PATH, answer)]
    return Starlette(routes=routes, middleware=[security], exception_handlers={404: nothing})


def _page(status: int, title: str, more: str) -> Response:
    return message_page(status, title, more, headers={"Connection": "close"})
