"""HTTP transport: sends one request, with limits on time and size, without redirects."""

from collections.abc import Mapping
from queue import Empty, Queue
from threading import Thread
from typing import Any

import httpx

from ...stored_settings import is_offline
from .api_response import ApiResponse
from .spotify_errors import Problem, spotify_error

_MAX_BYTES = 4_000_000  # of a response; fifty tracks are about 100 000
_TOTAL_TIMEOUT = 12.0  # seconds for a whole response
_READ_TIMEOUT = httpx.Timeout(10.0, connect=5.0)


class Transport:
    """Keeps connections open between requests; not thread-safe."""

    def __init__(self) -> None:
        self._client: httpx.Client | None = None

    def send(self, method: str, address: str, **parts: Any) -> ApiResponse:
        """Return the response of any status; raises SpotifyError after a timeout or failure.

        `parts` are httpx arguments: params, json, data, headers.
        """
        if is_offline():
            raise spotify_error(Problem.OFF)
        # httpx limits each read, but a slow server can make any number of reads.
        outcome: Queue[ApiResponse | Exception] = Queue()
        Thread(
            target=self._send_in_thread, args=(outcome, method, address, parts), daemon=True
        ).start()
        try:
            result = outcome.get(timeout=_TOTAL_TIMEOUT)
        except Empty:
            self._client = None  # the thread still uses it
            raise spotify_error(Problem.OFFLINE, "timeout") from None
        if isinstance(result, Exception):
            raise _network_error(result)
        return result

    def close(self) -> None:
        """Close the connections."""
        if self._client:
            self._client.close()

    def _send_in_thread(
        self,
        outcome: "Queue[ApiResponse | Exception]",
        method: str,
        address: str,
        parts: dict[str, Any],
    ) -> None:
        client = None
        try:
            client = self._client = self._client or httpx.Client(timeout=_READ_TIMEOUT)
            with client.stream(method, address, **parts) as response:
                outcome.put(_read_response(response))
        except Exception as error:  # raised again in the calling thread
            outcome.put(error)
        if client and client is not self._client:  # the caller has timed out
            client.close()


def _read_response(response: httpx.Response) -> ApiResponse:
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > _MAX_BYTES:
            raise spotify_error(Problem.NOT_SPOTIFY)
    return ApiResponse(response.status_code, _retry_after(response.headers), bytes(content))


def _retry_after(headers: Mapping[str, str]) -> float:
    """Retry-After in seconds, 0 if missing; dates, which Spotify never sends, are ignored."""
    value = headers.get("retry-after", "")
    return float(value) if value.isdecimal() and len(value) < 8 else 0.0


def _network_error(error: Exception) -> Exception:
    """The SpotifyError of a failed request, without text that could contain a token."""
    if isinstance(error, httpx.TimeoutException):
        return spotify_error(Problem.OFFLINE, "timeout")
    if isinstance(error, httpx.ConnectError):
        return spotify_error(Problem.OFFLINE, " ".join(str(error).split()) or "no connection")
    if isinstance(error, httpx.HTTPError | httpx.InvalidURL):
        return spotify_error(Problem.OFFLINE, "connection lost")
    if isinstance(error, ImportError | ValueError | OSError):
        return spotify_error(Problem.OFFLINE, "invalid proxy or certificate in the environment")
    return error
