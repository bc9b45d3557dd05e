"""Ten songs sound: on Spotify, on a page in the browser, or in a file for another player."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from ..dj import OnSpotify, on_spotify
from ..errors import SpotifyError
from ..players import open_in_browser, save_list
from ..players.links import browse
from ..players.spotify import login as logins
from ..players.spotify.problems import Problem, failed
from ..songs import Song
from .progress import working
from .streams import printable
from .wish import Wish

_WAS_OPEN = (
    "Others on this computer could read your Spotify login; now they cannot. If that worries "
    "you, remove the app's access in your Spotify account and log in again."
)


@contextmanager
def spotify_of_person() -> Iterator[OnSpotify | None]:
    """The person's Spotify; None without a login, or with a damaged one, which is told."""
    warn_if_it_was_open()
    try:
        logins.load()
    except SpotifyError as error:
        _complain(error)
        yield None
        return
    with on_spotify(working) as spotify:
        yield spotify


def warn_if_it_was_open() -> None:
    """Close the login to others, and say so where they could read it."""
    if logins.close_to_others():
        _complain(_WAS_OPEN)


def sound(title: str, songs: Sequence[Song], wish: Wish, spotify: OnSpotify | None) -> None:
    """Do with the songs what the person wished, after they were shown.

    Raises PlayerError and SpotifyError when they cannot sound; the links are there.
    """
    if not songs:
        return
    if wish.save:
        save_list(songs, wish.save)
        _say(f"{printable(str(wish.save))}: {_count(songs)}.")
    if wish.open_first:
        open_in_browser(songs[0])
    if wish.is_of_spotify:
        _on_spotify(songs, wish, spotify)
    else:
        _tell_what_failed(wish, spotify)
    if wish.play in ("browser", "local"):
        _on_a_page(title, songs, wish)


def _count(songs: Sequence[Song]) -> str:
    return f"{len(songs)} {'song' if len(songs) == 1 else 'songs'}"


def _tell_what_failed(wish: Wish, spotify: OnSpotify | None) -> None:
    """Songs were looked up or liked ones asked for, and links do without."""
    error = spotify.error if spotify else failed(Problem.LOGGED_OUT) if wish.mine else None
    if error:
        _complain(error)


def _on_spotify(songs: Sequence[Song], wish: Wish, spotify: OnSpotify | None) -> None:
    if spotify is None:
        raise failed(Problem.LOGGED_OUT)
    player = spotify.player(wish.device)
    if wish.playlist:
        _say(f"Playlist {wish.playlist}: {player.save(wish.playlist, songs)}")
    while wish.play == "spotify":
        try:
            player.play(songs)
        except SpotifyError as error:
            if not _wants_another_try(error):
                raise
        else:
            _say(f"Playing {_count(songs)} on Spotify.")
            return


def _wants_another_try(error: SpotifyError) -> bool:
    """Opening Spotify somewhere is all that is missing, and somebody is there to do it."""
    if error.problem != Problem.NO_DEVICE.name or not (sys.stdin and sys.stdin.isatty()):
        return False
    _complain(error)
    click.echo("Press Enter when it is open, Ctrl-C to let it be.", err=True)
    return bool(sys.stdin.readline())


def _on_a_page(title: str, songs: Sequence[Song], wish: Wish) -> None:
    from ..players.page import BrowserPlayer, LocalPlayer

    player = LocalPlayer(title) if wish.is_local else BrowserPlayer(title)
    try:
        with player.page as page:
            player.play(songs)
            _say(f"Playing at {page.address} until Ctrl-C.")
            browse(page.address)
            page.wait()
    except KeyboardInterrupt:
        _say("Ended.")


def _complain(trouble: object) -> None:
    click.echo(f"musicalface: {trouble}", err=True)


def _say(sentence: str) -> None:
    """On standard error: standard output is for the songs."""
    click.echo(sentence, err=True)
