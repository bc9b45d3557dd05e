"""Track search: finds the Spotify ids of songs in the cache, or else by a search."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from ...errors import SpotifyError
from ...identity import song_key
from ...songs.song import Song
from ...title_additions import split_title
from ..track_matching import best_match, has_version, normalize
from .api import SAVED_PAGE, SpotifyApi
from .api_objects import SavedTracksPage
from .search_cache import SearchCache
from .spotify_errors import Problem, clock_time, spotify_error

Progress = Callable[[int, int], None]
"""Called with the number of songs done, and the total."""

MAX_LIKED = 10_000
"""Maximum number of liked songs to read, newest first."""


class TrackFinder:
    """Finds Spotify ids of songs. Raises SpotifyError."""

    def __init__(self, api: SpotifyApi, cache: SearchCache) -> None:
        self._api = api
        self._cache = cache

    def with_ids(self, songs: Iterable[Song]) -> Iterator[Song]:
        """Yield the songs with their Spotify ids, searching lazily; "" if there is no track.

        No requests are sent while the quota is used up.
        """
        for song in songs:
            yield song if song.spotify_id else replace(song, spotify_id=self._find_id(song))

    def liked(self, progress: Progress = lambda done, total: None) -> dict[str, str]:
        """The ids of liked songs by `song_key`, with one key for each artist of a track.

        Live and other versions are left out. Sends one request if nothing has changed,
        else one for every 50 songs; after a rate limit, returns the newest ones.
        """
        with self._within_quota():
            page = self._api.saved_tracks()
            state = f"{page.total} {page.newest}"
            cached = self._cache.liked()
            if cached and state == self._cache.liked_state:
                return cached
            liked: dict[str, str] = {}
            try:
                self._read_liked(page, liked, progress)
            except SpotifyError as error:
                if error.problem != Problem.BUSY.name or not liked:
                    raise
                return liked  # not cached, so that the next call reads all of them
        self._cache.store_liked(liked.items(), state)
        return liked

    def cached_id(self, song: Song) -> str | None:
        """The id without a request; "" if Spotify has no such track, None if unknown."""
        return song.spotify_id or self._cache.track(_cache_key(song))

    def _read_liked(self, page: SavedTracksPage, keyed: dict[str, str], progress: Progress) -> None:
        total = min(page.total, MAX_LIKED)
        for done in range(0, total, SAVED_PAGE):
            page = self._api.saved_tracks(done) if done else page
            for track in page.tracks:
                # A liked live recording does not mean that the studio version is liked.
                if not has_version(track.title):
                    keyed |= {song_key(artist, track.title): track.id for artist in track.artists}
            progress(min(done + SAVED_PAGE, total), total)

    def _find_id(self, song: Song) -> str:
        key = _cache_key(song)
        track_id = self._cache.track(key)
        if track_id is None:
            track_id = self._search(song)
            self._cache.store_track(key, track_id)
        return track_id

    def _search(self, song: Song) -> str:
        """Search by artist and title fields; if that finds nothing, by the plain words."""
        artist, title = normalize(song.artist), normalize(song.title)
        with self._within_quota():
            tracks = self._api.search(f'track:"{title}" artist:"{artist}"')
            tracks = tracks or self._api.search(f"{artist} {title}")
        track = best_match(song, tracks)
        return track.id if track else ""

    @contextmanager
    def _within_quota(self) -> Iterator[None]:
        """Raise SpotifyError while the quota is used up; store when it resets."""
        until = self._cache.quota_until
        if until > time.time():
            raise spotify_error(Problem.QUOTA, clock_time(until), until)
        try:
            yield
        except SpotifyError as error:
            if error.problem == Problem.QUOTA.name:
                self._cache.quota_until = error.until
            raise


def _cache_key(song: Song) -> str:
    """The song's key and its version, so that a live song does not get the studio track."""
    versions = split_title(song.title).versions
    return "|".join([song_key(song.artist, song.title), *versions])
