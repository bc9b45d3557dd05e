"""One request over HTTP: bounded in time and size, never redirected."""

from collections.abc import Mapping
from queue import Empty, Queue
from threading import Thread
from typing import Any

import httpx

from .answers import Answer
from .problems import Problem, failed

_LARGEST = 4_000_000  # bytes; fifty tracks are a hundred thousand
_LONGEST = 12.0  # seconds for a whole answer, however slowly it drips
_TIMEOUT = httpx.Timeout(10.0, connect=5.0)


class Transport:
    """Keeps connections open between requests; not for two threads at once."""

    def __init__(self) -> None:
        self._client: httpx.Client | None = None

    def send(self, method: str, address: str, **parts: Any) -> Answer:
        """The answer, whatever its status; raises SpotifyError when none comes in time.

        `parts` are httpx's: params, json, data, headers.
        """
        # httpx bounds each read, and a server that drips makes endless reads.
        outcome: Queue[Answer | Exception] = Queue()
        Thread(target=self._ask, args=(outcome, method, address, parts), daemon=True).start()
        try:
            found = outcome.get(timeout=_LONGEST)
        except Empty:
            self._client = None  # the other one is still busy
            raise failed(Problem.OFFLINE, "no answer came in time") from None
        if isinstance(found, Exception):
            raise _told(found)
        return found

    def close(self) -> None:
        """Close the connections."""
        if self._client:
            self._client.close()

    def _ask(
        self, outcome: "Queue[Answer | Exception]", method: str, address: str, parts: dict[str, Any]
    ) -> None:
        client = None
        try:
            client = self._client = self._client or httpx.Client(timeout=_TIMEOUT)
            with client.stream(method, address, **parts) as response:
                outcome.put(_whole(response))
        except Exception as error:  # whatever it is, it belongs to the thread that asked
            outcome.put(error)
        if client and client is not self._client:  # nobody waited so long
            client.close()


def _whole(response: httpx.Response) -> Answer:
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > _LARGEST:
            raise failed(Problem.NOT_SPOTIFY)
    return Answer(response.status_code, _seconds(response.headers), bytes(content))


def _seconds(headers: Mapping[str, str]) -> float:
    """Of Retry-After; a date, which Spotify never sends, counts as nothing."""
    value = headers.get("retry-after", "")
    return float(value) if value.isdecimal() and len(value) < 8 else 0.0


def _told(error: Exception) -> Exception:
    """No text of a request goes into a sentence: it could hold a token."""
    if isinstance(error, httpx.TimeoutException):
        return failed(Problem.OFFLINE, "no answer came in time")
    if isinstance(error, httpx.ConnectError):
        return failed(Problem.OFFLINE, " ".join(str(error).split()) or "no connection")
    if isinstance(error, httpx.HTTPError | httpx.InvalidURL):
        return failed(Problem.OFFLINE, "the connection was cut")
    if isinstance(error, ImportError | ValueError | OSError):
        return failed(Problem.OFFLINE, "a proxy or certificate of the environment is none")
    return error
