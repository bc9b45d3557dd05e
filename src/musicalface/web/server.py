"""App server: binds the ports of the app and its embed page, and starts and stops both."""

import secrets
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

from ..errors import InputError, MusicalFaceError
from ..http_server.server import BackgroundServer
from ..http_server.site_origin import Site
from ..songs import open_catalog
from .app import create_app
from .frame_decoding import MAX_PIXELS
from .readmission_secret import secret_for
from .spotify_embed_page import embed_app

PORT = 8642
"""The preferred port; if it is in use, the next ones are tried."""

MAX_MESSAGE_BYTES = MAX_PIXELS * 4 + 8  # a raw frame and its header
_PORT_ATTEMPTS = 20


@dataclass(frozen=True)
class ServerConfig:
    """Where the app listens. `port` None: the first free one, starting at PORT."""

    host: str = "127.0.0.1"
    port: int | None = None
    certificate: Path | None = None
    key: Path | None = None

    @property
    def names(self) -> frozenset[str]:
        """The accepted host names, besides IP addresses."""
        return frozenset({self.host, "localhost"})

    @property
    def is_loopback(self) -> bool:
        """True if only this computer can connect."""
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def tls(self) -> bool:
        """True if connections are encrypted."""
        return self.certificate is not None


class AppServer:
    """The app and its embed page, each on its own port."""

    def __init__(self, config: ServerConfig) -> None:
        _check_certificate(config)
        self.config = config
        first = _bind(config.host, config.port)
        # The next port if it is free: a page that was open before a restart still uses it.
        listeners = [first, _bind_any(config.host, first.getsockname()[1] + 1)]
        self.port, self.embed_port = (each.getsockname()[1] for each in listeners)
        self.token = secrets.token_urlsafe(24)
        site, embed_site = (
            Site(port, config.tls, config.names) for port in (self.port, self.embed_port)
        )
        self.app = create_app(site, self.embed_port, self.token, self._readmission_secret())
        apps = (self.app, embed_app(embed_site, self.port))
        self.servers = [
            BackgroundServer(
                app,
                listener,
                certificate=config.certificate,
                key=config.key,
                largest_message=MAX_MESSAGE_BYTES,
            )
            for app, listener in zip(apps, listeners, strict=True)
        ]

    def _readmission_secret(self) -> str:
        """Kept only for pages on this computer; "" if it can't be stored."""
        with suppress(OSError, InputError):
            return secret_for(self.port) if self.config.is_loopback else ""
        return ""

    def address(self, host: str = "") -> str:
        """The link with the token; `host` is the name of this computer for other computers."""
        scheme = "https" if self.config.tls else "http"
        own = "127.0.0.1" if self.config.host == "0.0.0.0" else self.config.host  # noqa: S104
        return f"{scheme}://{host or own}:{self.port}/?token={self.token}"

    def start(self) -> None:
        """Start serving; unpack the catalog and load the models in the background."""
        Thread(target=_prepare_catalog, daemon=True).start()
        for server in self.servers:
            server.start()
        self.app.state.inference_pool.load_models()
        self.app.state.library_jobs.resume_listening()

    def wait(self) -> None:
        """Block until Ctrl-C."""
        self.servers[0].wait()

    def close(self) -> None:
        """Stop serving; open connections are closed."""
        for server in self.servers:
            server.close()
        self.app.state.inference_pool.close()
        self.app.state.spotify_login.cancel()
        self.app.state.library_jobs.close()
        self.app.state.deezer.player.close()


@contextmanager
def run_app(config: ServerConfig) -> Iterator[AppServer]:
    """Run the app inside the block; raises InputError if the port is in use."""
    app = AppServer(config)
    try:
        app.start()
        yield app
    finally:
        app.close()


def _prepare_catalog() -> None:
    """Unpack the bundled catalog on the first start; requests report errors again."""
    with suppress(MusicalFaceError, OSError), open_catalog():
        pass


def _bind(host: str, port: int | None) -> socket.socket:
    if port is not None:
        try:
            return socket.create_server((host, port))
        except OSError as error:
            reason = error.strerror or error
            raise InputError(f"Can't use port {port} ({reason}). Choose another one.") from None
    for tried in range(PORT, PORT + _PORT_ATTEMPTS):
        try:
            return socket.create_server((host, tried))
        except OSError:
            continue
    return _bind_any(host)


def _bind_any(host: str, preferred: int = 0) -> socket.socket:
    with suppress(OSError, OverflowError):
        return socket.create_server((host, preferred))
    try:
        return socket.create_server((host, 0))
    except OSError as error:
        raise InputError(
            f"{host} isn't an address of this computer ({error.strerror or error}). Choose another."
        ) from None


def _check_certificate(config: ServerConfig) -> None:
    if not config.certificate:
        return
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
            config.certificate, config.key
        )
    except (ssl.SSLError, OSError) as error:
        raise InputError(
            f"Can't use the certificate {config.certificate} or its key ({error}). "
            "Check both files."
        ) from None
