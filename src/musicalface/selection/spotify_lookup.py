"""Spotify lookup: adds Spotify ids to selected songs, and keeps the first error."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import SpotifyError
from ..identity import song_key
from ..players.spotify import token_store
from ..songs import Pick, Song
from ..title_additions import split_title

if TYPE_CHECKING:
    from ..players.spotify.api import SpotifyApi
    from ..players.spotify.spotify_player import SpotifyPlayer
    from ..players.spotify.track_search import TrackFinder

Spinner = Callable[[str], AbstractContextManager[None]]
"""Shows a text while its block runs."""


def _no_spinner(what: str) -> AbstractContextManager[None]:
    return nullcontext()


MAX_SEARCHES = 60
"""Maximum number of searches; with many photos, only the first ones' songs are looked up."""


class SpotifyLookup:
    """Looks up songs on Spotify; after the first error, `error` is set and requests stop."""

    def __init__(
        self, api: "SpotifyApi", finder: "TrackFinder", spinner: Spinner = _no_spinner
    ) -> None:
        self._api = api
        self._spinner = spinner
        self._finder = finder
        self._liked: Mapping[str, str] = {}
        self._searched = 0
        self.error: SpotifyError | None = None

    def read_liked(self) -> frozenset[str]:
        """The `song_key`s of the user's liked songs; empty after an error."""
        try:
            with self._spinner("reading your liked songs"):
                self._liked = self._finder.liked()
        except SpotifyError as error:
            self.error = error
        return frozenset(self._liked)

    def add_ids(self, picks: Sequence[Pick]) -> list[Pick]:
        """The same songs, with Spotify ids if Spotify has them."""
        with self._spinner("looking the songs up on Spotify"):
            return [replace(pick, song=self._with_id(pick.song)) for pick in picks]

    def player(self, device: str = "") -> "SpotifyPlayer":
        """A player; raises the SpotifyError of the lookup, if there is one."""
        from ..players.spotify.spotify_player import SpotifyPlayer

        if self.error:
            raise self.error
        return SpotifyPlayer(self._api, device)

    def _with_id(self, song: Song) -> Song:
        is_version = split_title(song.title).versions  # liked songs have none
        liked_id = None if is_version else self._liked.get(song_key(song.artist, song.title))
        spotify_id = song.spotify_id or liked_id or self._finder.cached_id(song)
        song = replace(song, spotify_id=spotify_id or "")
        if spotify_id is not None or self.error or self._searched == MAX_SEARCHES:
            return song
        self._searched += 1
        try:
            return next(self._finder.with_ids([song]))
        except SpotifyError as error:
            self.error = error
            return song


@contextmanager
def open_spotify_lookup(spinner: Spinner = _no_spinner) -> Iterator[SpotifyLookup | None]:
    """Open a lookup with the stored login; None if the user is not logged in.

    Raises SpotifyError if the login is damaged.
    """
    if token_store.load() is None:
        yield None
        return
    from ..players.spotify.api import SpotifyApi
    from ..players.spotify.client import SpotifyClient
    from ..players.spotify.search_cache import SearchCache
    from ..players.spotify.track_search import TrackFinder

    with SpotifyClient() as session, SearchCache() as cache:
        api = SpotifyApi(session)
        yield SpotifyLookup(api, TrackFinder(api, cache), spinner)
