"""Which songs are chosen, and that they are remembered."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import PlayerError
from ..identity import song_key
from ..library import Library, open_library
from ..mood import Mood
from ..songs import (
    Catalog,
    History,
    Pick,
    Songbook,
    Taste,
    choose_songs,
    open_catalog,
    shift_songs,
)
from .on_spotify import OnSpotify

Choose = Callable[[Mood], list[Pick]]
_NONE = (
    "Your library has no song that is clearly {mood}: musicalface library add DIR adds a folder, "
    "musicalface library list shows what is there."
)
_AWAY = (
    "The files of your {mood} songs are not there (a disk that is not connected?): musicalface "
    "library rescan looks again."
)
_MOST_DRAWS = 6
"""How often songs that Spotify does not have are replaced by others of the mood."""


@dataclass(frozen=True)
class Wish:
    """How many songs, from where and whereto; a seed gives the same songs again."""

    count: int = 10
    seed: int | None = None
    catalog: Path | None = None
    toward: Mood | None = None
    mine: bool = False  # liked songs first
    is_local: bool = False  # from the person's own library
    with_id: bool = False  # those first whose Spotify id is known
    is_of_spotify: bool = False  # songs that Spotify does not have are of no use


@contextmanager
def choosing(wish: Wish, spotify: OnSpotify | None) -> Iterator[Choose]:
    """Songs for a mood, none of them chosen in the last days.

    With a seed the history is neither read nor written. Raises what `open_catalog`,
    `open_library` and `choose_songs` raise.
    """
    liked = spotify.read_liked() if spotify and wish.mine else frozenset[str]()
    remembered = nullcontext() if wish.seed is not None else History()
    with _songbook(wish) as songbook, remembered as history:

        def choose(mood: Mood) -> list[Pick]:
            heard = history.lately() if history else frozenset()
            taste = Taste(heard, liked, wish.with_id)
            picks = _Draw(songbook, wish, mood, spotify).picks(taste)
            if isinstance(songbook, Library) and not picks:
                why = _AWAY if songbook.counts()[mood] else _NONE
                raise PlayerError(why.format(mood=mood.value))
            # What Spotify could not be asked about will not be heard.
            if history and not (wish.is_of_spotify and spotify and spotify.error):
                history.add(pick.song for pick in picks)
            return picks

        yield choose


def _songbook(wish: Wish) -> Catalog | Library:
    return open_library() if wish.is_local else open_catalog(wish.catalog)


@dataclass(frozen=True)
class _Draw:
    songbook: Songbook
    wish: Wish
    mood: Mood
    spotify: OnSpotify | None

    def picks(self, taste: Taste) -> list[Pick]:
        """With Spotify's ids where somebody is logged in; those alone that play there, if need be.

        Songs that Spotify does not have count as heard, and the draw is repeated.
        """
        seed = random.randrange(2**32) if self.wish.seed is None else self.wish.seed
        picks = self._once(taste, seed)
        if not self.spotify or not self.wish.is_of_spotify:
            return picks
        for _ in range(_MOST_DRAWS):
            lacking = {_key(pick) for pick in picks if not pick.song.spotify_id}
            if not lacking or self.spotify.error:
                return picks
            taste = replace(taste, heard=taste.heard | lacking)
            picks = self._once(taste, seed)
        # Where there is none at all, links are better than nothing.
        return [pick for pick in picks if pick.song.spotify_id] or picks

    def _once(self, taste: Taste, seed: int) -> list[Pick]:
        count, goal = self.wish.count, self.wish.toward
        if goal in (None, self.mood):
            picks = choose_songs(self.songbook, self.mood, count, seed, taste)
        else:
            picks = shift_songs(self.songbook, self.mood, goal, count, seed, taste)
        return self.spotify.found(picks) if self.spotify and not self.wish.is_local else picks


def _key(pick: Pick) -> str:
    return song_key(pick.song.artist, pick.song.title)
