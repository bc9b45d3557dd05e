"""Playback of picked songs: on Spotify, in a browser page, or saved to a file."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from ..errors import SpotifyError
from ..players import open_in_browser, save_list
from ..players.song_links import open_address
from ..players.spotify import token_store
from ..players.spotify.spotify_errors import Problem, spotify_error
from ..selection import SpotifyLookup, open_spotify_lookup
from ..songs import Song
from .progress_bars import spinner
from .song_options import SongOptions
from .stdio import printable

_LOGIN_WAS_READABLE = (
    "Other users of this computer could read your Spotify login until now. To be safe, remove "
    "the app's access in your Spotify account and log in again."
)


@contextmanager
def open_spotify() -> Iterator[SpotifyLookup | None]:
    """Yields the user's Spotify; None without a login, or after printing an error about it."""
    warn_if_login_was_readable()
    try:
        token_store.load()
    except SpotifyError as error:
        _print_error(error)
        yield None
        return
    with open_spotify_lookup(spinner) as spotify:
        yield spotify


def warn_if_login_was_readable() -> None:
    """Makes the login private; prints a warning if other users could read it."""
    if token_store.restrict_permissions():
        _print_error(_LOGIN_WAS_READABLE)


def play_songs(
    title: str, songs: Sequence[Song], options: SongOptions, spotify: SpotifyLookup | None
) -> None:
    """Saves, opens and plays songs as the options ask.

    Raises PlayerError and SpotifyError if they can't be played. The caller has already printed
    the songs with their links.
    """
    if not songs:
        return
    if options.save:
        save_list(songs, options.save)
        _print_status(f"{printable(str(options.save))}: {_count(songs)}.")
    if options.open_first:
        open_in_browser(songs[0])
    if options.is_of_spotify:
        _play_on_spotify(songs, options, spotify)
    else:
        _print_spotify_error(options, spotify)
    if options.play in ("browser", "local"):
        _play_in_browser(title, songs, options)


def _count(songs: Sequence[Song]) -> str:
    return f"{len(songs)} {'song' if len(songs) == 1 else 'songs'}"


def _print_spotify_error(options: SongOptions, spotify: SpotifyLookup | None) -> None:
    """Prints a Spotify error that the command survives: links don't need Spotify."""
    error = (
        spotify.error if spotify else spotify_error(Problem.LOGGED_OUT) if options.mine else None
    )
    if error:
        _print_error(error)


def _play_on_spotify(
    songs: Sequence[Song], options: SongOptions, spotify: SpotifyLookup | None
) -> None:
    if spotify is None:
        raise spotify_error(Problem.LOGGED_OUT)
    player = spotify.player(options.device)
    if options.playlist:
        _print_status(f"Playlist {options.playlist}: {player.save(options.playlist, songs)}")
    while options.play == "spotify":
        try:
            player.play(songs)
        except SpotifyError as error:
            if not _should_retry(error):
                raise
        else:
            _print_status(f"Playing {_count(songs)} on Spotify.")
            return


def _should_retry(error: SpotifyError) -> bool:
    """True if the only problem is that Spotify isn't open and the user presses Enter to retry."""
    if error.problem != Problem.NO_DEVICE.name or not (sys.stdin and sys.stdin.isatty()):
        return False
    _print_error(error)
    click.echo("Press Enter when it is open, or Ctrl-C to cancel.", err=True)
    return bool(sys.stdin.readline())


def _play_in_browser(title: str, songs: Sequence[Song], options: SongOptions) -> None:
    from ..library.cover_art import read_cover_of
    from ..players.page import BrowserPlayer, LocalPlayer

    player = LocalPlayer(title, read_cover_of) if options.is_local else BrowserPlayer(title)
    try:
        with player.page as page:
            player.play(songs)
            _print_status(f"Playing at {page.address} (press Ctrl-C to stop).")
            open_address(page.address)
            page.wait()
    except KeyboardInterrupt:
        _print_status("Stopped.")


def _print_error(error: object) -> None:
    click.echo(f"musicalface: {error}", err=True)


def _print_status(sentence: str) -> None:
    """Prints to standard error, because standard output is for the songs."""
    click.echo(sentence, err=True)
