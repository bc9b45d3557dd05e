"""API response: parses the JSON, and maps errors to a Problem."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ...errors import SpotifyError
from .spotify_errors import Problem, clock_time, spotify_error

_BY_REASON = {
    "NO_ACTIVE_DEVICE": Problem.NO_DEVICE,
    "PREMIUM_REQUIRED": Problem.PREMIUM,
    "VOLUME_CONTROL_DISALLOW": Problem.NO_VOLUME,
}
# Used if the error has no reason; matched against its message in lower case.
_BY_MESSAGE = {
    "no active device": Problem.NO_DEVICE,
    "device not found": Problem.DEVICE_GONE,
    "premium required": Problem.PREMIUM,
    "user not registered": Problem.NOT_ON_LIST,
    "premium subscription required for the owner": Problem.OWNER_PREMIUM,
    "client scope": Problem.SCOPE,
    "control device volume": Problem.NO_VOLUME,
}
_QUOTA = "QUOTA_EXCEEDED"
_QUOTA_DELAY = 600.0  # seconds; a longer Retry-After counts as an exceeded quota
_DEFAULT_DELAY = 30.0  # Spotify counts requests over half a minute


@dataclass(frozen=True)
class ApiResponse:
    """A response: status, Retry-After in seconds (0 if missing) and body."""

    status: int
    retry_after: float
    content: bytes

    @property
    def document(self) -> Any:
        """The body as JSON, None if it is empty; raises SpotifyError if it is not JSON."""
        if not self.content.strip():
            return None
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            raise spotify_error(Problem.NOT_SPOTIFY) from None

    @property
    def is_html(self) -> bool:
        """True if the body is HTML, which Spotify's API never sends."""
        return self.content.lstrip()[:1] == b"<"

    @property
    def is_temporary(self) -> bool:
        """True for a server error that a retry may solve."""
        return self.status in (500, 502, 503, 504)

    @property
    def quota_exceeded(self) -> bool:
        """True if the app's quota is used up, so that retries are of no use for hours."""
        return self.status == 429 and (self._reason == _QUOTA or self.retry_delay >= _QUOTA_DELAY)

    @property
    def retry_delay(self) -> float:
        """Seconds to wait after a 429."""
        return self.retry_after or _DEFAULT_DELAY

    def error(self) -> SpotifyError:
        """The SpotifyError of an unsuccessful response."""
        if 300 <= self.status < 400:
            return spotify_error(Problem.NOT_SPOTIFY)
        if self.status >= 500:
            return spotify_error(Problem.TROUBLE, f"status {self.status}")
        if self.status == 429:
            return self._rate_limit_error()
        return self._client_error()

    def _rate_limit_error(self) -> SpotifyError:
        until = time.time() + self.retry_delay
        if self.quota_exceeded:
            return spotify_error(Problem.QUOTA, clock_time(until), until)
        return spotify_error(Problem.BUSY, f"{self.retry_delay:.0f} seconds", until)

    def _client_error(self) -> SpotifyError:
        message = self._message
        problem = _BY_REASON.get(self._reason)
        for fragment, other in _BY_MESSAGE.items():
            if not problem and fragment in message.lower():
                problem = other
        if problem:
            return spotify_error(problem)
        if self.status == 401:
            return spotify_error(Problem.LOGIN_LOST)
        if not self._is_json:
            return spotify_error(Problem.NOT_SPOTIFY)
        return spotify_error(Problem.OURS, f"status {self.status}{message and f', {message}'}")

    @property
    def _reason(self) -> str:
        return str(self._error.get("reason", ""))

    @property
    def _message(self) -> str:
        """At most 200 printable characters of the error's message, or of a body without one."""
        plain = self.content[:200].decode("utf-8", "replace")
        text = str(self._error.get("message", "")) if self._error else plain
        return "".join(c if c.isprintable() else " " for c in text)[:200]

    @property
    def _is_json(self) -> bool:
        try:
            json.loads(self.content or b"null")
        except (ValueError, RecursionError):
            return False
        return True

    @property
    def _error(self) -> dict[str, Any]:
        document = self.document if self._is_json else None
        error = document.get("error") if isinstance(document, dict) else None
        return error if isinstance(error, dict) else {}


@contextmanager
def checked_shape() -> Iterator[None]:
    """Raise SpotifyError if the block finds JSON of an unexpected shape."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError):
        raise spotify_error(Problem.OURS, "unexpected response") from None
