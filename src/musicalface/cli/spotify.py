"""`musicalface spotify`."""

import time
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .. import settings
from ..errors import InputError, SpotifyError
from ..players.spotify import login as logins
from ..players.spotify.addresses import DASHBOARD, REDIRECT
from ..players.spotify.problems import Problem, failed
from .options import as_json as json_option
from .sound import warn_if_it_was_open
from .streams import print_json

if TYPE_CHECKING:
    from ..players.spotify.things import Device

_ASK = f"""Spotify wants you to bring an app of your own (free, once, five minutes; Premium needed):
  1. {DASHBOARD}: Create app, any name
  2. Redirect URI: {REDIRECT}
  3. tick Web API, save, and copy the Client ID
docs/spotify.md says it at length."""


@click.group()
def command() -> None:
    """Log in to Spotify, so that songs play there.

    \b
    musicalface spotify login
    musicalface spotify devices
    musicalface songs happy --play spotify --device kitchen
    musicalface spotify logout
    """


@command.command()
@click.option("--client-id", default="", metavar="ID", help="Of your own Spotify app.")
@click.option("--no-browser", is_flag=True, help="Print the address, open nothing.")
@click.option(
    "--wait",
    "patience",
    type=click.IntRange(1, 3600),
    default=180,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for you to come back from Spotify's page.",
)
def login(client_id: str, no_browser: bool, patience: int) -> None:
    """Connect MusicalFace with your Spotify account.

    Asks once for the Client ID of your own Spotify app (or takes it from
    MUSICALFACE_SPOTIFY_CLIENT_ID), opens Spotify's page, and keeps the login in your
    directory, for you alone.
    """
    from ..players.spotify.api import Api
    from ..players.spotify.authorize import log_in
    from ..players.spotify.session import Session

    chosen = _client_id(client_id)
    log_in(chosen, tell=_tell, open_browser=not no_browser, patience=patience)
    with Session() as session:
        name = Api(session).me()
    click.echo(f"Logged in as {name}. Songs play with --play spotify.")


@command.command()
def logout() -> None:
    """Forget the login, and all that came from Spotify."""
    there = logins.erase()
    click.echo("All that came from Spotify is erased." if there else "There was nothing to erase.")


@command.command()
@json_option
def status(as_json: bool) -> int:
    """Tell whether you are logged in, until when, and where the login lies.

    Exit status 1: not logged in.
    """
    from ..players.spotify.api import Api
    from ..players.spotify.session import Session

    warn_if_it_was_open()
    found = logins.load()
    if found is None or not found.refresh_token:
        return _not_logged_in(as_json, ended=found is not None)
    until = time.strftime("%Y-%m-%d", time.localtime(found.since + logins.LIFETIME))
    with Session() as session:
        api = Api(session)
        name, at = api.me(), api.playing()
    playing = at.track.title if at and at.track and at.sounds else ""
    if as_json:
        facts = {"name": name, "until": until, "playing": playing or None}
        print_json({"logged_in": True, **facts, "kept_in": logins.where()})
    else:
        click.echo(f"Logged in as {name}, until {until} at the latest.")
        click.echo(f"Playing: {playing or 'nothing'}.")
        click.echo(f"The login lies in {logins.where()}.")
    return 0


@command.command()
@json_option
def devices(as_json: bool) -> None:
    """List the devices on which Spotify is open."""
    from ..players.spotify.api import Api
    from ..players.spotify.session import Session

    warn_if_it_was_open()
    with Session() as session:
        found = Api(session).devices()
    if as_json:
        print_json({"devices": [_device_document(device) for device in found]})
        return
    if not found:
        raise failed(Problem.NO_DEVICE)
    table = Table(box=None, pad_edge=False)
    for name in ("device", "kind", ""):
        table.add_column(name)
    for device in found:
        state = "playing" if device.is_active else "" if device.takes_commands else "no commands"
        table.add_row(Text(device.name), Text(device.kind), state)
    Console(highlight=False).print(table)


def _device_document(device: "Device") -> dict[str, object]:
    return {
        "name": device.name,
        "kind": device.kind,
        "active": device.is_active,
        "takes_commands": device.takes_commands,
    }


def _not_logged_in(as_json: bool, ended: bool) -> int:
    if as_json:
        print_json({"logged_in": False})
        return 1
    raise failed(Problem.LOGIN_LOST if ended else Problem.LOGGED_OUT)


def _client_id(given: str) -> str:
    """The one that was given, of the environment, of the last login, or that the person types."""
    from ..players.spotify.authorize import is_client_id

    chosen = given.strip() or settings.spotify_client_id() or _known_client_id()
    if not chosen:
        click.echo(_ASK, err=True)
        chosen = click.prompt("Client ID", err=True).strip()
    if not is_client_id(chosen):
        raise InputError(
            f"A Client ID is 32 letters and digits, and this is none: copy it from {DASHBOARD}."
        )
    return chosen


def _known_client_id() -> str:
    try:
        known = logins.load()
    except SpotifyError:
        return ""
    return known.client_id if known else ""


def _tell(sentence: str) -> None:
    """The address to open is on a line of its own; all of it is on standard error."""
    if sentence.startswith("http"):
        click.echo("Agree on Spotify's page; if no browser opens it, open it yourself:", err=True)
    click.echo(sentence, err=True)
