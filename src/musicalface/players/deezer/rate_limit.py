"""Rate limit with a rolling window, shared by all threads of the process."""

import time
from collections import deque
from threading import Lock

from .deezer_errors import Problem, deezer_error

MAX_REQUESTS, WINDOW = 40, 5.0
"""Requests per window in seconds. Deezer allows 50 per IP address, which users may share."""


class RateLimit:
    """Assigns a send time to each request, in order of arrival."""

    def __init__(self, max_requests: int = MAX_REQUESTS, window: float = WINDOW) -> None:
        self._window = window
        self._times: deque[float] = deque(maxlen=max_requests)
        self._blocked = 0.0
        self._lock = Lock()

    def wait(self, deadline: float) -> None:
        """Sleeps until the next request is allowed.

        Raises DeezerError immediately if that is after `deadline`, on the monotonic clock.
        """
        time.sleep(max(0.0, self.reserve(time.monotonic(), deadline) - time.monotonic()))

    def reserve(self, now: float, deadline: float) -> float:
        """Reserves and returns the time of the next request; raises DeezerError if too late."""
        with self._lock:
            full = len(self._times) == self._times.maxlen
            at = max(now, self._blocked, self._times[0] + self._window if full else now)
            if at > deadline:
                raise deezer_error(Problem.QUOTA)
            self._times.append(at)
            return at

    def block(self, until: float) -> None:
        """Blocks requests until `until`, on the monotonic clock."""
        with self._lock:
            self._blocked = max(self._blocked, until)


SHARED_LIMIT = RateLimit()
"""The rate limit of this process."""
