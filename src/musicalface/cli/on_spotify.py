"""The person's Spotify in a command: what goes wrong is told, and links remain."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from ..errors import SpotifyError
from ..identity import song_key
from ..players.spotify import login as logins
from ..songs import Pick, Song
from .progress import working

if TYPE_CHECKING:
    from ..players.spotify.api import Api
    from ..players.spotify.find import Finder
    from ..players.spotify.player import SpotifyPlayer

_WAS_OPEN = (
    "Others on this computer could read your Spotify login; now they cannot. If that worries "
    "you, remove the app's access in your Spotify account and log in again."
)


class OnSpotify:
    """What a command asks of Spotify; after the first error it asks nothing more."""

    def __init__(self, api: "Api", finder: "Finder") -> None:
        self._api = api
        self._finder = finder
        self._liked: Mapping[str, str] = {}
        self.error: SpotifyError | None = None

    def read_liked(self) -> frozenset[str]:
        """The `song_key`s of the person's liked songs; none where Spotify does not tell."""
        try:
            with working("reading your liked songs"):
                self._liked = self._finder.liked()
        except SpotifyError as error:
            self.error = error
        return frozenset(self._liked)

    def found(self, picks: Sequence[Pick]) -> list[Pick]:
        """The same songs, with their Spotify ids where there are any."""
        with working("looking the songs up on Spotify"):
            return [replace(pick, song=self._with_id(pick.song)) for pick in picks]

    def player(self, device: str = "") -> "SpotifyPlayer":
        """A player; raises SpotifyError where something has gone wrong before."""
        from ..players.spotify.player import SpotifyPlayer

        if self.error:
            raise self.error
        return SpotifyPlayer(self._api, device)

    def _with_id(self, song: Song) -> Song:
        known = song.spotify_id or self._liked.get(song_key(song.artist, song.title), "")
        song = replace(song, spotify_id=known)
        if known or self.error:
            return song
        try:
            return next(self._finder.found([song]))
        except SpotifyError as error:
            self.error = error
            return song


@contextmanager
def on_spotify() -> Iterator[OnSpotify | None]:
    """The person's Spotify, or None where nobody is logged in."""
    if not _is_logged_in():
        yield None
        return
    from ..players.spotify.api import Api
    from ..players.spotify.find import Finder
    from ..players.spotify.memory import Memory
    from ..players.spotify.session import Session

    with Session() as session, Memory() as memory:
        api = Api(session)
        yield OnSpotify(api, Finder(api, memory))


def warn_if_it_was_open() -> None:
    """Close the login to others, and say so where they could read it."""
    if logins.close_to_others():
        click.echo(f"musicalface: {_WAS_OPEN}", err=True)


def _is_logged_in() -> bool:
    warn_if_it_was_open()
    try:
        return logins.load() is not None
    except SpotifyError as error:
        click.echo(f"musicalface: {error}", err=True)
        return False
