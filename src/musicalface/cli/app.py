"""`musicalface app`: the page in the browser."""

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import InputError
from ..players.links import browse
from .options import PATH

if TYPE_CHECKING:
    from ..web.serve import Place

_EVERYWHERE = "0.0.0.0"  # noqa: S104 - asked for by name, and only with a certificate
_SECURE = (
    "--host {host} lets other computers in, and cameras need an encrypted page: add --tls-cert "
    "FILE --tls-key FILE, or --insecure to do without (then only this computer's camera works)."
)


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), metavar="N", help="Default: 8642 or the next."
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="H", help="Where it listens."
)
@click.option("--no-browser", is_flag=True, help="Print the address, open nothing.")
@click.option(
    "--tls-cert", type=PATH, metavar="FILE", help="A certificate (PEM), for other computers."
)
@click.option("--tls-key", type=PATH, metavar="FILE", help="Its key (PEM).")
@click.option("--insecure", is_flag=True, help="Let other computers in without encryption.")
def command(
    port: int | None,
    host: str,
    no_browser: bool,
    tls_cert: Path | None,
    tls_key: Path | None,
    insecure: bool,
) -> None:
    """Open the app: look into the camera, hear what fits.

    It runs on this computer, in your browser, until Ctrl-C. Pictures are read here and
    never kept. An app that runs already is opened again.

    \b
    musicalface
    musicalface app --no-browser
    musicalface app --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem    for your phone
    """
    from ..web import instance
    from ..web.serve import Place, running

    place = Place(host, port, tls_cert, tls_key)
    _check(place, insecure)
    known = instance.found() if place == Place() else ""
    if known:
        _show(known, no_browser, "MusicalFace is running already")
        return
    with running(place) as app:
        address = app.address()
        try:
            if place.is_loopback and not place.tls:
                _remember(address)
            _show(address, no_browser, "MusicalFace is running until Ctrl-C")
            if not place.is_loopback:
                _show_code(app.address(_lan_address() if host == _EVERYWHERE else host))
            app.wait()
        except KeyboardInterrupt:
            click.echo("Ended.", err=True)
        finally:
            instance.forget(address)


def _check(place: "Place", insecure: bool) -> None:
    if bool(place.certificate) != bool(place.key):
        raise click.UsageError("--tls-cert and --tls-key go together.")
    if ":" in place.host:
        raise InputError(f"{place.host} is an IPv6 address: use 127.0.0.1, or {_EVERYWHERE}.")
    if not place.is_loopback and not place.tls and not insecure:
        raise InputError(_SECURE.format(host=place.host))


def _remember(address: str) -> None:
    """A comfort, without which the app goes on."""
    from ..web import instance

    try:
        instance.remember(address)
    except (OSError, InputError) as error:
        click.echo(f"musicalface: Nothing can be kept in your directory ({error}).", err=True)


def _show(address: str, no_browser: bool, what: str) -> None:
    """The address first: a browser may take its time, or hold the terminal."""
    click.echo(f"{what}: {address}")
    if not no_browser:
        browse(address)


def _show_code(address: str) -> None:
    """A QR code for the phone."""
    import segno

    click.echo(f"From your phone: {address}")
    segno.make(address, micro=False).terminal(compact=True)


def _lan_address() -> str:
    """This computer's address in its network; nothing is sent to find it out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # for documentation only (RFC 5737)
            return str(probe.getsockname()[0])
        except OSError:
            raise InputError(
                "This computer is in no network: name its address with --host."
            ) from None
