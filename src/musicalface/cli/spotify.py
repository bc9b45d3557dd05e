"""`musicalface spotify`: log in and out, login status, devices."""

import time
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .. import settings
from ..errors import InputError, SpotifyError
from ..players.spotify import token_store
from ..players.spotify.endpoints import DASHBOARD, REDIRECT_URI
from ..players.spotify.spotify_errors import Problem, spotify_error
from .options import as_json as json_option
from .playback import warn_if_login_was_readable
from .stdio import print_json

if TYPE_CHECKING:
    from ..players.spotify.api_objects import Device

_SETUP_STEPS = f"""You need Spotify Premium and a one-time, five-minute setup:
  1. {DASHBOARD}: Create app, any name
  2. Redirect URI: {REDIRECT_URI}
  3. tick Web API, save, and copy the Client ID
docs/spotify.md has the details."""


@click.group()
def command() -> None:
    """Log in to Spotify to play songs there.

    \b
    musicalface spotify login
    musicalface spotify devices
    musicalface songs happy --play spotify --device kitchen
    musicalface spotify logout
    """


@command.command()
@click.option("--client-id", default="", metavar="ID", help="Client ID of your own Spotify app.")
@click.option("--no-browser", is_flag=True, help="Print the address without opening a browser.")
@click.option(
    "--wait",
    "timeout",
    type=click.IntRange(1, 3600),
    default=180,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for the login on Spotify's page.",
)
def login(client_id: str, no_browser: bool, timeout: int) -> None:
    """Connect MusicalFace to your Spotify account.

    Asks once for the Client ID of your own Spotify app (or takes it from
    MUSICALFACE_SPOTIFY_CLIENT_ID), opens Spotify's login page, and stores the login in
    your data directory, readable only by you.

    \b
    musicalface spotify login
    musicalface spotify login --no-browser --client-id 0123456789abcdef0123456789abcdef
    """
    from ..players.spotify.api import SpotifyApi
    from ..players.spotify.client import SpotifyClient
    from ..players.spotify.pkce_login import log_in

    chosen = _client_id(client_id)
    log_in(chosen, notify=_print_step, open_browser=not no_browser, timeout=timeout)
    with SpotifyClient() as session:
        name = SpotifyApi(session).me()
    click.echo(f"Logged in as {name}. Play songs with --play spotify.")


@command.command()
def logout() -> None:
    """Log out and delete all data from Spotify and Deezer.

    \b
    musicalface spotify logout
    """
    from ..players import deezer

    deezer.erase()
    erased = token_store.erase()
    click.echo("Deleted all data from Spotify." if erased else "There was nothing to delete.")


@command.command()
@json_option
def status(as_json: bool) -> int:
    """Show whether you are logged in, until when, and where the login is stored.

    Exit status 1: not logged in.

    \b
    musicalface spotify status --json
    """
    from ..players.spotify.api import SpotifyApi
    from ..players.spotify.client import SpotifyClient

    warn_if_login_was_readable()
    login = token_store.load()
    if login is None or not login.refresh_token:
        return _not_logged_in(as_json, ended=login is not None)
    until = time.strftime("%Y-%m-%d", time.localtime(login.since + token_store.LIFETIME))
    with SpotifyClient() as session:
        api = SpotifyApi(session)
        name, at = api.me(), api.playing()
    playing = at.track.title if at and at.track and at.is_playing else ""
    if as_json:
        facts = {"name": name, "until": until, "playing": playing or None}
        print_json({"logged_in": True, **facts, "kept_in": token_store.storage_location()})
    else:
        click.echo(f"Logged in as {name}, until {until} at the latest.")
        click.echo(f"Playing: {playing or 'nothing'}.")
        click.echo(f"The login is stored in {token_store.storage_location()}.")
    return 0


@command.command()
@json_option
def devices(as_json: bool) -> None:
    """List your devices that have Spotify open.

    \b
    musicalface spotify devices
    """
    from ..players.spotify.api import SpotifyApi
    from ..players.spotify.client import SpotifyClient

    warn_if_login_was_readable()
    with SpotifyClient() as session:
        found = SpotifyApi(session).devices()
    if as_json:
        print_json({"devices": [_device_document(device) for device in found]})
        return
    if not found:
        raise spotify_error(Problem.NO_DEVICE)
    table = Table(box=None, pad_edge=False)
    for name in ("device", "kind", ""):
        table.add_column(name)
    for device in found:
        state = "playing" if device.is_active else "" if device.is_controllable else "no commands"
        table.add_row(Text(device.name), Text(device.kind), state)
    Console(highlight=False).print(table)


def _device_document(device: "Device") -> dict[str, object]:
    return {
        "name": device.name,
        "kind": device.kind,
        "active": device.is_active,
        "takes_commands": device.is_controllable,
    }


def _not_logged_in(as_json: bool, ended: bool) -> int:
    if as_json:
        print_json({"logged_in": False})
        return 1
    raise spotify_error(Problem.LOGIN_LOST if ended else Problem.LOGGED_OUT)


def _client_id(given: str) -> str:
    """The Client ID from the option, the environment, the last login, or a prompt."""
    from ..players.spotify.pkce_login import is_client_id

    chosen = given.strip() or settings.spotify_client_id() or _known_client_id()
    if not chosen:
        click.echo(_SETUP_STEPS, err=True)
        chosen = click.prompt("Client ID", err=True).strip()
    if not is_client_id(chosen):
        raise InputError(
            f"That doesn't look like a Client ID (32 letters and digits). Copy it from {DASHBOARD}."
        )
    return chosen


def _known_client_id() -> str:
    try:
        known = token_store.load()
    except SpotifyError:
        return ""
    return known.client_id if known else ""


def _print_step(sentence: str) -> None:
    """Prints a login step to standard error; an address gets a separate line."""
    if sentence.startswith("http"):
        click.echo("Allow access on Spotify's page. If no browser opens, open this link:", err=True)
    click.echo(sentence, err=True)
