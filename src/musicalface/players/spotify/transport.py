"""One request over HTTP: bounded in time and size, never redirected."""

import time
from collections.abc import Mapping
from typing import Any

import httpx

from .answers import Answer
from .problems import Problem, failed

_LARGEST = 4_000_000  # bytes; fifty tracks are a hundred thousand
_LONGEST = 20.0  # seconds for a whole answer, however slowly it drips
_TIMEOUT = httpx.Timeout(10.0, connect=5.0)


class Transport:
    """Keeps connections open between requests; a context manager."""

    def __init__(self) -> None:
        self._client = httpx.Client(timeout=_TIMEOUT, follow_redirects=False)

    def send(self, method: str, address: str, **parts: Any) -> Answer:
        """The answer, whatever its status; raises SpotifyError when none comes.

        `parts` are httpx's: params, json, data, headers.
        """
        given_up = time.monotonic() + _LONGEST
        try:
            with self._client.stream(method, address, **parts) as response:
                content = bytearray()
                for piece in response.iter_bytes():
                    content += piece
                    if len(content) > _LARGEST or time.monotonic() > given_up:
                        raise failed(Problem.NOT_SPOTIFY)
                return Answer(response.status_code, _seconds(response.headers), bytes(content))
        except httpx.TimeoutException:
            raise failed(Problem.OFFLINE, "no answer came in time") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise failed(Problem.OFFLINE, _reason(error)) from None

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _seconds(headers: Mapping[str, str]) -> float:
    """Of Retry-After; a date, which Spotify never sends, counts as nothing."""
    value = headers.get("retry-after", "")
    return float(value) if value.isdecimal() and len(value) < 8 else 0.0


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()) or "the connection was cut"
