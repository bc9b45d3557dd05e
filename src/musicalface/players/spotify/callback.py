"""The loopback address that Spotify's page sends the browser back to."""

import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

from ...identity import clean_name
from .addresses import CALLBACK
from .problems import Problem, failed

_SLOWEST = 5.0  # seconds for one request, so that none that stalls is in another's way
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>MusicalFace</title>
<body><h1>MusicalFace</h1><p>{}</p></body></html>"""
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'",
    "Referrer-Policy": "no-referrer",
}
_FOREIGN = "An answer that belongs to no login of this command was refused; still waiting."


class Callback(ThreadingHTTPServer):
    """Waits on a free port of 127.0.0.1 for one answer with the right state.

    Everything else (a favicon, another tab's answer) is turned away and does not
    end the waiting. A context manager.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, state: str, tell: Callable[[str], None]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.state = state
        self._tell = tell
        self._has_complained = False
        self.answers: Queue[dict[str, str]] = Queue()
        self._thread = Thread(target=self.serve_forever, args=(0.1,), daemon=True)

    @property
    def host(self) -> str:
        """Address and port, as a browser says them."""
        return f"127.0.0.1:{self.server_port}"

    @property
    def address(self) -> str:
        """What Spotify is told to come back to."""
        return f"http://{self.host}{CALLBACK}"

    def wait(self, seconds: float, cancelled: Event | None = None) -> str:
        """The code; raises SpotifyError when none comes, or the person has refused."""
        answer = self._awaited(time.monotonic() + seconds, cancelled or Event())
        if "code" in answer:
            return answer["code"]
        if answer.get("error") == "access_denied":
            raise failed(Problem.REFUSED)
        raise failed(Problem.OURS, clean_name(answer.get("error", "no code came"))[:40])

    def _awaited(self, end: float, cancelled: Event) -> dict[str, str]:
        """In slices, which Ctrl-C can interrupt on Windows too."""
        while time.monotonic() < end and not cancelled.is_set():
            with suppress(Empty):
                return self.answers.get(timeout=min(0.5, max(0.01, end - time.monotonic())))
        raise failed(Problem.TOO_LATE)

    def complain(self) -> None:
        """Say once that answers come which are not awaited."""
        if not self._has_complained:
            self._has_complained = True
            self._tell(_FOREIGN)

    def __enter__(self) -> "Callback":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: Callback
    timeout = _SLOWEST

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path != CALLBACK or self.headers.get("Host") != self.server.host:
            self._answer(HTTPStatus.NOT_FOUND, "There is nothing here.")
            return
        answer = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if not secrets.compare_digest(answer.get("state", "").encode(), self.server.state.encode()):
            self.server.complain()
            self._answer(HTTPStatus.BAD_REQUEST, "This belongs to another login. Start anew.")
            return
        # First of all: a browser that hangs up must not take the answer with it.
        self.server.answers.put(answer)
        self._answer(HTTPStatus.OK, "You can close this page and go back to MusicalFace.")

    def _answer(self, status: HTTPStatus, sentence: str) -> None:
        content = _PAGE.format(sentence).encode()
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """The address holds the code: nothing is logged."""
