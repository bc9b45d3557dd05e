"""Covers of tracks: fetched from Deezer, checked, reduced, and kept in memory."""

import time
from functools import lru_cache

from ...cover_thumbnail import thumbnail
from .client import DeezerClient
from .deezer_errors import Problem, deezer_error
from .single_flight import SingleFlight
from .track_cache import FactsCache

TIMEOUT = 4.0
"""The limit of a request in seconds."""

MAX_COVERS = 200
"""Covers in memory, of about 15 kB each; none is written to disk."""


class Covers:
    """The covers of tracks whose facts are cached; thread-safe."""

    def __init__(self, client: DeezerClient) -> None:
        self._client = client
        self._single_flight: SingleFlight[bytes] = SingleFlight()
        self._cached = lru_cache(MAX_COVERS)(self._shared)

    def cover(self, number: int) -> bytes:
        """The cover of a track by its Deezer id, as a JPEG of at most 256 pixels.

        Raises DeezerError: NOT_FOUND if the track has no cover or its facts are not cached.
        """
        return self._cached(number)

    def forget(self) -> None:
        """Removes all covers from memory."""
        self._cached.cache_clear()

    def _shared(self, number: int) -> bytes:
        deadline = time.monotonic() + TIMEOUT
        return self._single_flight.run(number, lambda: self._fetch(number, deadline), TIMEOUT)

    def _fetch(self, number: int, deadline: float) -> bytes:
        with FactsCache() as cache:
            address = cache.cover(number)
        if not address:
            raise deezer_error(Problem.NOT_FOUND)
        cover = thumbnail(self._client.cover(address, deadline))
        if not cover:
            raise deezer_error(Problem.NOT_DEEZER, "a damaged picture")
        return cover
