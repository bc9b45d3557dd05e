"""Client for the two calls of Deezer's public API, with bounded retries."""

import random
import time
from typing import Any

from ...errors import DeezerError
from .api_response import checked_schema, parse_response
from .deezer_errors import Problem, deezer_error
from .http_transport import Transport
from .rate_limit import SHARED_LIMIT, RateLimit
from .tracks import Track, parse_track

MAX_RESULTS = 25
"""The limit of results per search."""

# Seconds before each retry; Deezer counts requests over 5 seconds.
RETRY_DELAYS = {
    Problem.QUOTA: (0.5, 1.5, 3.5),
    Problem.BUSY: (0.5, 1.5),
    Problem.CUT: (0.2,),
}


class DeezerClient:
    """Thread-safe client. All calls raise DeezerError.

    `deadline` is on the monotonic clock and includes waiting and retries.
    """

    def __init__(self, limit: RateLimit | None = None) -> None:
        self._transport = Transport()
        self._limit = limit or SHARED_LIMIT

    def track(self, number: int, deadline: float) -> Track:
        """Returns a track by its Deezer id."""
        response = self._request(f"/track/{number}", {}, deadline)
        with checked_schema():
            return parse_track(response)

    def search(self, text: str, deadline: float) -> list[Track]:
        """Searches free text: at most 25 tracks in Deezer's order, without malformed ones."""
        response = self._request("/search/track", {"q": text, "limit": MAX_RESULTS}, deadline)
        with checked_schema():
            items = list(response["data"])[:MAX_RESULTS]
        tracks = [track for item in items if (track := _track_or_none(item))]
        if items and not tracks:
            raise deezer_error(Problem.UNREADABLE, "unexpected fields")
        return tracks

    def cover(self, address: str, deadline: float) -> bytes:
        """Returns the JPEG of a cover; not retried, as songs play without it."""
        return self._transport.get_cover(address, deadline)

    def close(self) -> None:
        """Closes the connections."""
        self._transport.close()

    def _request(self, path: str, query: dict[str, str | int], deadline: float) -> dict[str, Any]:
        retries = 0
        while True:
            self._limit.wait(deadline)
            try:
                return parse_response(self._transport.get(path, query, deadline))
            except DeezerError as error:
                if not self._waited(Problem[error.problem], retries, deadline):
                    raise
                retries += 1

    def _waited(self, problem: Problem, retries: int, deadline: float) -> bool:
        """Waits before a retry; False if no retry or no time is left."""
        delays = RETRY_DELAYS.get(problem, ())
        if retries >= len(delays):
            return False
        retry_at = time.monotonic() + delays[retries] * random.uniform(1.0, 1.2)  # jitter
        if retry_at > deadline:
            return False
        if problem is Problem.QUOTA:
            self._limit.block(retry_at)
        time.sleep(max(0.0, retry_at - time.monotonic()))
        return True


def _track_or_none(item: Any) -> Track | None:
    try:
        with checked_schema():
            return parse_track(item)
    except DeezerError:
        return None
