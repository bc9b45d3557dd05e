"""Songs become tracks: known ids first, then what was found lately, then a search."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from ...errors import SpotifyError
from ...identity import song_key
from ...songs.song import Song
from .api import SAVED_PAGE, Api
from .match import added_versions, best, plain
from .memory import Memory
from .problems import Problem, clock_time, failed
from .things import Saved

Progress = Callable[[int, int], None]
"""Told how many are done, of how many."""

MOST_LIKED = 10_000
"""The newest liked songs that are read."""


class Finder:
    """Looks songs up, no more of them than are asked for. Raises SpotifyError."""

    def __init__(self, api: Api, memory: Memory) -> None:
        self._api = api
        self._memory = memory

    def found(self, songs: Iterable[Song]) -> Iterator[Song]:
        """Lazily, the songs with their Spotify ids; an id stays empty where there is none.

        After Spotify has said that the quota is used up it is not asked again until
        it is there again.
        """
        for song in songs:
            yield song if song.spotify_id else replace(song, spotify_id=self._track_of(song))

    def liked(self, progress: Progress = lambda done, total: None) -> dict[str, str]:
        """The ids of liked songs by `song_key`, of every artist who takes part.

        Live and other versions are left out. One request when nothing was liked since the
        last time, else one for every fifty; the newest where Spotify then asks for fewer.
        """
        with self._minding_quota():
            page = self._api.saved()
            state = f"{page.total} {page.newest}"
            known = self._memory.liked()
            if known and state == self._memory.liked_state:
                return known
            found: dict[str, str] = {}
            try:
                self._read_liked(page, found, progress)
            except SpotifyError as error:
                if error.problem != Problem.BUSY.name or not found:
                    raise
                return found  # the newest are better than none, and the next time all are read
        self._memory.remember_liked(found.items(), state)
        return found

    def remembered(self, song: Song) -> str | None:
        """The id, without asking; "" where Spotify has none, None where nobody knows."""
        return song.spotify_id or self._memory.track(song_key(song.artist, song.title))

    def _read_liked(self, page: Saved, keyed: dict[str, str], progress: Progress) -> None:
        total = min(page.total, MOST_LIKED)
        for done in range(0, total, SAVED_PAGE):
            page = self._api.saved(done) if done else page
            for track in page.tracks:
                # A live recording is liked for itself, and is not the song.
                if not added_versions(track.title):
                    keyed |= {song_key(artist, track.title): track.id for artist in track.artists}
            progress(min(done + SAVED_PAGE, total), total)

    def _track_of(self, song: Song) -> str:
        key = song_key(song.artist, song.title)
        known = self._memory.track(key)
        if known is None:
            known = self._searched(song)
            self._memory.remember_track(key, known)
        return known

    def _searched(self, song: Song) -> str:
        """By artist and title; where that finds nothing at all, by the same words anywhere."""
        artist, title = plain(song.artist), plain(song.title)
        with self._minding_quota():
            tracks = self._api.search(f'track:"{title}" artist:"{artist}"')
            tracks = tracks or self._api.search(f"{artist} {title}")
        track = best(song, tracks)
        return track.id if track else ""

    @contextmanager
    def _minding_quota(self) -> Iterator[None]:
        """Nothing is asked while there is no quota; that there is none is remembered."""
        until = self._memory.quota_until
        if until > time.time():
            raise failed(Problem.QUOTA, clock_time(until), until)
        try:
            yield
        except SpotifyError as error:
            if error.problem == Problem.QUOTA.name:
                self._memory.quota_until = error.until
            raise
