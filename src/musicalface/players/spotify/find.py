"""Songs become tracks: known ids first, then what was found lately, then a search."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from ...errors import SpotifyError
from ...identity import song_key
from ...songs.song import Song
from .api import Api
from .match import best, plain
from .memory import Memory
from .problems import Problem, clock_time, failed

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
        """The ids of the person's liked songs by `song_key`, of every artist who takes part.

        One request when nothing was liked since the last time, else one for every fifty.
        """
        self._check_quota()
        page = self._api.saved()
        state = f"{page.total} {page.newest}"
        if state != self._memory.liked_state or not self._memory.liked():
            self._read_all_liked(min(page.total, MOST_LIKED), state, progress)
        return self._memory.liked()

    def _read_all_liked(self, total: int, state: str, progress: Progress) -> None:
        keyed: dict[str, str] = {}
        done = 0
        while done < total:
            page = self._api.saved(done)
            for track in page.tracks:
                for artist in track.artists:
                    keyed.setdefault(song_key(artist, track.title), track.id)
            done += 50
            progress(min(done, total), total)
        self._memory.remember_liked(keyed.items(), state)

    def _track_of(self, song: Song) -> str:
        key = song_key(song.artist, song.title)
        known = self._memory.track(key)
        if known is None:
            known = self._searched(song)
            self._memory.remember_track(key, known)
        return known

    def _searched(self, song: Song) -> str:
        """By artist and title; where that finds nothing at all, by the same words anywhere."""
        self._check_quota()
        artist, title = plain(song.artist), plain(song.title)
        try:
            tracks = self._api.search(f'track:"{title}" artist:"{artist}"')
            tracks = tracks or self._api.search(f"{artist} {title}")
        except SpotifyError as error:
            if error.problem == Problem.QUOTA.name:
                self._memory.quota_until = error.until
            raise
        track = best(song, tracks)
        return track.id if track else ""

    def _check_quota(self) -> None:
        until = self._memory.quota_until
        if until > time.time():
            raise failed(Problem.QUOTA, clock_time(until), until)
