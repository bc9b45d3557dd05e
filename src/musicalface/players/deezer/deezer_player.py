"""Player for Deezer previews: finds a song's preview, or the reason for its absence."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from ...songs.song import Song
from ...stored_settings import is_offline
from ..player import Capability, Player
from ..song_links import deezer_link
from . import hosts
from .client import DeezerClient
from .covers import Covers
from .deezer_errors import Problem, deezer_error
from .single_flight import SingleFlight
from .track_cache import MISSING, FactsCache, cache_key
from .track_search import TrackQuery, find_tracks
from .tracks import Facts, Track

TIMEOUT = 8.0
"""The limit of a look-up in seconds."""

PREVIEW_SECONDS = 30
"""The length of a preview."""

PREVIEW_LIFETIME = 15 * 60.0
"""Seconds until a preview's URL expires; it must not be stored."""


@dataclass(frozen=True)
class Preview:
    """The URL of about 30 seconds of a song as MP3, and the song's facts."""

    url: str
    facts: Facts


class DeezerPlayer(Player):
    """Finds previews, which the page plays; thread-safe, one per process.

    `number` is a Deezer id that replaces the song's own, and `seconds` the song's length;
    0 means unknown.
    """

    name: ClassVar[str] = "deezer"
    needs: ClassVar[str] = "an internet connection; 30 seconds of each song"
    capabilities: ClassVar[frozenset[Capability]] = frozenset()

    def __init__(self, client: DeezerClient | None = None) -> None:
        self._client = client or DeezerClient()
        self.covers = Covers(self._client)
        self._single_flight: SingleFlight[Track] = SingleFlight()

    def preview(self, song: Song, number: int = 0, seconds: float = 0.0) -> Preview:
        """A fresh preview; always sends a request. Raises DeezerError, within 8 seconds."""
        track = self._find(TrackQuery(song, number or song.deezer_id, seconds))
        if not track.is_readable:
            raise deezer_error(Problem.NOT_AVAILABLE)
        if not track.preview:
            raise deezer_error(Problem.NO_PREVIEW)
        return Preview(track.preview, track.facts)

    def facts(self, song: Song, number: int = 0, seconds: float = 0.0) -> Facts:
        """Facts to display, cached or from Deezer. Raises DeezerError."""
        _refuse_offline()
        with FactsCache() as cache:
            known = cache.get(song)
        if known == MISSING:
            raise deezer_error(Problem.NOT_FOUND)
        return known or self._find(TrackQuery(song, number or song.deezer_id, seconds)).facts

    def link(self, song: Song, number: int = 0) -> str:
        """The URL of the song's page on Deezer, or of a search; sends no request."""
        return deezer_link(song, number)

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def _find(self, query: TrackQuery) -> Track:
        _refuse_offline()
        key = (hosts.api(), cache_key(query.song), query.number)
        deadline = time.monotonic() + TIMEOUT
        return self._single_flight.run(key, lambda: self._look_up(query, deadline), TIMEOUT)

    def _look_up(self, query: TrackQuery, deadline: float) -> Track:
        with FactsCache() as cache:
            known = cache.get(query.song)
            if known == MISSING:
                raise deezer_error(Problem.NOT_FOUND)
            if known:  # the last track that had a preview
                query = replace(query, number=known.number)
            track = _first_playable(find_tracks(self._client, query, deadline))
            cache.put(query.song, track.facts if track else MISSING)
        if not track:
            raise deezer_error(Problem.NOT_FOUND)
        return track


def _first_playable(tracks: Iterable[Track]) -> Track | None:
    """The first track with a preview, else the first."""
    first = None
    for track in tracks:
        if track.can_play:
            return track
        first = first or track
    return first


def _refuse_offline() -> None:
    if is_offline():
        raise deezer_error(Problem.OFF)
