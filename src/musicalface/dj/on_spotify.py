"""The person's Spotify while songs are chosen: what goes wrong is kept, and links remain."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import SpotifyError
from ..identity import song_key
from ..players.spotify import login as logins
from ..songs import Pick, Song

if TYPE_CHECKING:
    from ..players.spotify.api import Api
    from ..players.spotify.find import Finder
    from ..players.spotify.player import SpotifyPlayer

Busy = Callable[[str], AbstractContextManager[None]]
"""Shows, while its block runs, what is being done."""


def _silently(what: str) -> AbstractContextManager[None]:
    return nullcontext()


MOST_SEARCHED = 60
"""Songs that are searched for at a time: of a folder of photos, those of the first."""


class OnSpotify:
    """What is asked of Spotify; after the first error, which is kept, nothing more is."""

    def __init__(self, api: "Api", finder: "Finder", busy: Busy = _silently) -> None:
        self._api = api
        self._busy = busy
        self._finder = finder
        self._liked: Mapping[str, str] = {}
        self._searched = 0
        self.error: SpotifyError | None = None

    def read_liked(self) -> frozenset[str]:
        """The `song_key`s of the person's liked songs; none where Spotify does not tell."""
        try:
            with self._busy("reading your liked songs"):
                self._liked = self._finder.liked()
        except SpotifyError as error:
            self.error = error
        return frozenset(self._liked)

    def found(self, picks: Sequence[Pick]) -> list[Pick]:
        """The same songs, with their Spotify ids where there are any."""
        with self._busy("looking the songs up on Spotify"):
            return [replace(pick, song=self._with_id(pick.song)) for pick in picks]

    def player(self, device: str = "") -> "SpotifyPlayer":
        """A player; raises SpotifyError where something has gone wrong before."""
        from ..players.spotify.player import SpotifyPlayer

        if self.error:
            raise self.error
        return SpotifyPlayer(self._api, device)

    def _with_id(self, song: Song) -> Song:
        known = self._liked.get(song_key(song.artist, song.title))
        known = song.spotify_id or known or self._finder.remembered(song)
        song = replace(song, spotify_id=known or "")
        if known is not None or self.error or self._searched == MOST_SEARCHED:
            return song
        self._searched += 1
        try:
            return next(self._finder.found([song]))
        except SpotifyError as error:
            self.error = error
            return song


@contextmanager
def on_spotify(busy: Busy = _silently) -> Iterator[OnSpotify | None]:
    """The person's Spotify, or None where nobody is logged in.

    Raises SpotifyError where the login is damaged.
    """
    if logins.load() is None:
        yield None
        return
    from ..players.spotify.api import Api
    from ..players.spotify.find import Finder
    from ..players.spotify.memory import Memory
    from ..players.spotify.session import Session

    with Session() as session, Memory() as memory:
        api = Api(session)
        yield OnSpotify(api, Finder(api, memory), busy)
