"""`musicalface app`: serves the app to the browser."""

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import InputError
from ..players.song_links import open_address
from .options import PATH

if TYPE_CHECKING:
    from ..web.server import ServerConfig

_ALL_INTERFACES = "0.0.0.0"  # noqa: S104 - only if the user asks for it
_NEEDS_TLS = (
    "--host {host} lets other computers connect, and their cameras need an encrypted page. Add "
    "--tls-cert FILE --tls-key FILE, or --insecure (then only this computer's camera works)."
)


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="N",
    help="The port. Default: 8642 or the next.",
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="H", help="The address to listen on."
)
@click.option("--no-browser", is_flag=True, help="Print the address without opening a browser.")
@click.option(
    "--tls-cert", type=PATH, metavar="FILE", help="Certificate (PEM), for use from other computers."
)
@click.option("--tls-key", type=PATH, metavar="FILE", help="The certificate's private key (PEM).")
@click.option("--insecure", is_flag=True, help="Let other computers connect without encryption.")
def command(
    port: int | None,
    host: str,
    no_browser: bool,
    tls_cert: Path | None,
    tls_key: Path | None,
    insecure: bool,
) -> None:
    """Open the app in your browser: it reads your face and plays songs to match.

    The app runs on this computer until you press Ctrl-C. Pictures never leave this
    computer and are never saved. If the app is already running, its page opens.

    \b
    musicalface
    musicalface app --no-browser
    musicalface app --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem    from your phone
    """
    from ..web import single_instance
    from ..web.server import ServerConfig, run_app

    config = ServerConfig(host, port, tls_cert, tls_key)
    _check_options(config, insecure)
    running_address = single_instance.running_address() if config == ServerConfig() else ""
    if running_address:
        _print_and_open(running_address, no_browser, "MusicalFace is already running")
        return
    with run_app(config) as app:
        address = app.address()
        try:
            if config.is_loopback and not config.tls:
                _save_address(address)
            _print_and_open(address, no_browser, "MusicalFace is running. Press Ctrl-C to stop it")
            if not config.is_loopback:
                _print_qr_code(app.address(_lan_address() if host == _ALL_INTERFACES else host))
            app.wait()
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
        finally:
            single_instance.clear_address(address)


def _check_options(config: "ServerConfig", insecure: bool) -> None:
    if bool(config.certificate) != bool(config.key):
        raise click.UsageError("--tls-cert and --tls-key need each other. Add the missing one.")
    if ":" in config.host:
        raise InputError(
            f"{config.host} is an IPv6 address. Use 127.0.0.1 or {_ALL_INTERFACES} instead."
        )
    if not config.is_loopback and not config.tls and not insecure:
        raise InputError(_NEEDS_TLS.format(host=config.host))


def _save_address(address: str) -> None:
    """Saves the address for the next start; the app also works without it."""
    from ..web import single_instance

    try:
        single_instance.save_address(address)
    except (OSError, InputError) as error:
        click.echo(
            f"musicalface: Can't write to your data directory ({error}). Check its permissions.",
            err=True,
        )


def _print_and_open(address: str, no_browser: bool, what: str) -> None:
    """Prints the address before opening it, because opening a browser may block the terminal."""
    click.echo(f"{what}: {address}")
    if not no_browser:
        open_address(address)


def _print_qr_code(address: str) -> None:
    """Prints the address as a QR code for a phone."""
    import segno

    click.echo(f"From your phone: {address}")
    segno.make(address, micro=False).terminal(compact=True)


def _lan_address() -> str:
    """This computer's address in its network, found without sending a packet."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # reserved for documentation (RFC 5737)
            return str(probe.getsockname()[0])
        except OSError:
            raise InputError(
                "This computer isn't connected to a network. Set its address with --host."
            ) from None
