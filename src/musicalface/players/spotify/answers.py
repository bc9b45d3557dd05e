"""What Spotify's answers mean."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ...errors import SpotifyError
from .problems import Problem, clock_time, failed

_BY_REASON = {
    "NO_ACTIVE_DEVICE": Problem.NO_DEVICE,
    "PREMIUM_REQUIRED": Problem.PREMIUM,
}
# Where Spotify gives no reason, its message is all there is.
_BY_MESSAGE = {
    "no active device": Problem.NO_DEVICE,
    "device not found": Problem.DEVICE_GONE,
    "premium required": Problem.PREMIUM,
    "user not registered": Problem.NOT_ON_LIST,
    "premium subscription required for the owner": Problem.OWNER_PREMIUM,
    "client scope": Problem.SCOPE,
}
_QUOTA = "QUOTA_EXCEEDED"
_FOR_LONG = 600.0  # seconds: nobody waits for that at a terminal
_UNKNOWN_WAIT = 30.0  # Spotify counts requests over half a minute


@dataclass(frozen=True)
class Answer:
    """A whole answer: its status, its Retry-After in seconds (0: none), its bytes."""

    status: int
    retry_after: float
    content: bytes

    @property
    def document(self) -> Any:
        """The JSON within; None for an empty one. Raises SpotifyError for anything else."""
        if not self.content.strip():
            return None
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            raise failed(Problem.NOT_SPOTIFY) from None

    @property
    def is_page(self) -> bool:
        """Whether it is a web page, which Spotify's API never sends."""
        return self.content.lstrip()[:1] == b"<"

    @property
    def is_passing(self) -> bool:
        """Whether the trouble is Spotify's own and may be over in a moment."""
        return self.status in (500, 502, 503, 504)

    @property
    def quota_is_used_up(self) -> bool:
        """Whether asking again is of no use for hours."""
        return self.status == 429 and (self._reason == _QUOTA or self.wait >= _FOR_LONG)

    @property
    def wait(self) -> float:
        """Seconds to wait after a 429."""
        return self.retry_after or _UNKNOWN_WAIT

    def error(self) -> SpotifyError:
        """What to raise for an answer that is no success."""
        if 300 <= self.status < 400:
            return failed(Problem.NOT_SPOTIFY)
        if self.status >= 500:
            return failed(Problem.TROUBLE, f"status {self.status}")
        if self.status == 429:
            return self._limited()
        return self._refused()

    def _limited(self) -> SpotifyError:
        until = time.time() + self.wait
        if self.quota_is_used_up:
            return failed(Problem.QUOTA, clock_time(until), until)
        return failed(Problem.BUSY, f"{self.wait:.0f} seconds", until)

    def _refused(self) -> SpotifyError:
        message = self._message
        problem = _BY_REASON.get(self._reason)
        for words, other in _BY_MESSAGE.items():
            if not problem and words in message.lower():
                problem = other
        if problem:
            return failed(problem)
        if self.status == 401:
            return failed(Problem.LOGIN_LOST)
        if not self._is_json:
            return failed(Problem.NOT_SPOTIFY)
        return failed(Problem.OURS, f"status {self.status}{message and f', {message}'}")

    @property
    def _reason(self) -> str:
        return str(self._error.get("reason", ""))

    @property
    def _message(self) -> str:
        """In one line that no terminal obeys, and not endless; some come without their JSON."""
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
def understood() -> Iterator[None]:
    """An answer of another shape than the contract's raises SpotifyError."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        raise failed(Problem.OURS, "its answer has another shape") from None
