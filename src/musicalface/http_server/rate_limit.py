"""Rate limit by token bucket."""

import time


class TokenBucket:
    """A bucket of `burst` requests that refills by `refill` requests per second."""

    def __init__(self, refill: float, burst: float) -> None:
        self._refill, self._burst = refill, burst
        self._left, self._at = burst, time.monotonic()

    def take(self) -> bool:
        """Take one request; False if the bucket is empty."""
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._refill)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
