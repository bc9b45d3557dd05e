"""Song selection: chooses songs for a mood, and records them in the history."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import NoSongsError, PlayerError
from ..identity import song_key
from ..library import Library, open_library
from ..mood import Mood, MoodScores
from ..songs import (
    Catalog,
    History,
    Pick,
    Preferences,
    SongStore,
    choose_songs,
    open_catalog,
    shift_songs,
    walk_songs,
)
from ..songs.likes import liked_keys
from ..songs.reactions import NO_REACTIONS, Reactions
from .spotify_lookup import SpotifyLookup

SelectSongs = Callable[[Mood], list[Pick]]
_NO_SONGS = (
    "No {mood} songs in your library yet. Add more music, for example with "
    "musicalface library add DIR."
)
_FILES_MISSING = (
    "The files of your {mood} songs are missing. Is a disk disconnected? Connect it, or run "
    "musicalface library rescan."
)
FAVOURITE_REST = 24 * 3600.0
"""Seconds after which a liked song may come again; other songs rest for a week."""

_MAX_DRAWS = 6
"""How many times songs that Spotify does not have are replaced by others of the mood."""


@dataclass(frozen=True)
class SongRequest:
    """What to select: mood target, count, seed, song store and player.

    With a `walk`, one song for each of its stretches is selected, and `count` and `toward` are
    ignored.
    """

    count: int = 10
    seed: int | None = None  # the same seed selects the same songs
    catalog: Path | None = None
    toward: Mood | None = None
    liked_first: bool = False
    is_local: bool = False  # from the user's library
    prefer_spotify_id: bool = False  # songs with a known Spotify id first
    spotify_only: bool = False  # only songs that Spotify has
    walk: tuple[MoodScores, ...] = ()
    reactions: Reactions = NO_REACTIONS  # of this session
    favourites: frozenset[str] | None = None  # keys of liked songs; None: read the file


@contextmanager
def song_selector(request: SongRequest, spotify: SpotifyLookup | None) -> Iterator[SelectSongs]:
    """Yield a function that selects songs for a mood, without recently chosen ones.

    With a seed, history and likes are neither read nor written. Raises what `open_catalog`,
    `open_library` and `choose_songs` raise.
    """
    liked = spotify.read_liked() if spotify and request.liked_first else frozenset[str]()
    favourites = _favourites(request)
    opened_history = nullcontext() if request.seed is not None else History()
    with _open_store(request) as store, opened_history as history:

        def select(mood: Mood) -> list[Pick]:
            preferences = Preferences(
                _resting(history, favourites) if history else frozenset(),
                liked,
                request.prefer_spotify_id,
                favourites,
                request.reactions,
            )
            picks = _Selection(store, request, mood, spotify).select(preferences)
            if isinstance(store, Library) and not picks:
                if store.most_confident(mood, 1):
                    raise PlayerError(_FILES_MISSING.format(mood=mood.value))
                raise NoSongsError(_NO_SONGS.format(mood=mood.value))
            # After a Spotify error these songs cannot be played, so they are not recorded.
            if history and not (request.spotify_only and spotify and spotify.error):
                history.add(pick.song for pick in picks)
            return picks

        yield select


def _favourites(request: SongRequest) -> frozenset[str]:
    if request.seed is not None:
        return frozenset()
    return liked_keys() if request.favourites is None else request.favourites


def _resting(history: History, favourites: frozenset[str]) -> frozenset[str]:
    """The songs that were chosen too recently to come again."""
    recent = history.recent()
    if not recent & favourites:
        return recent
    return recent - (favourites - history.recent(seconds=FAVOURITE_REST))


def _open_store(request: SongRequest) -> Catalog | Library:
    return open_library() if request.is_local else open_catalog(request.catalog)


@dataclass(frozen=True)
class _Selection:
    store: SongStore
    request: SongRequest
    mood: Mood
    spotify: SpotifyLookup | None

    def select(self, preferences: Preferences) -> list[Pick]:
        """Select songs, with Spotify ids if a lookup is given.

        With `spotify_only`, songs that Spotify does not have count as recent, and the
        selection is repeated.
        """
        seed = random.randrange(2**32) if self.request.seed is None else self.request.seed
        picks = self._draw(preferences, seed)
        if not self.spotify or not self.request.spotify_only:
            return picks
        for _ in range(_MAX_DRAWS):
            missing = {_key(pick) for pick in picks if not pick.song.spotify_id}
            if not missing or self.spotify.error:
                return picks
            preferences = replace(preferences, recent=preferences.recent | missing)
            picks = self._draw(preferences, seed)
        # If Spotify has none of them, return the songs with links.
        return [pick for pick in picks if pick.song.spotify_id] or picks

    def _draw(self, preferences: Preferences, seed: int) -> list[Pick]:
        count, target = self.request.count, self.request.toward
        if self.request.walk:
            picks = walk_songs(self.store, self.request.walk, seed, preferences)
        elif target in (None, self.mood):
            picks = choose_songs(self.store, self.mood, count, seed, preferences)
        else:
            picks = shift_songs(self.store, self.mood, target, count, seed, preferences)
        return self.spotify.add_ids(picks) if self.spotify and not self.request.is_local else picks


def _key(pick: Pick) -> str:
    return song_key(pick.song.artist, pick.song.title)
