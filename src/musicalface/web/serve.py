"""The app runs: ports, the address with its token, and an end without loose ends."""

import secrets
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

import uvicorn
from starlette.types import ASGIApp

from ..errors import InputError
from .app import create_app
from .embed import embed_app
from .frames import MOST_PIXELS
from .patience import ImpatientProtocol

PORT = 8642
"""Where the app is if it can; the next ports are tried when it cannot."""

LARGEST_FRAME = MOST_PIXELS * 4 + 8  # bytes of a message: a raw frame and its head
_TRIES = 20
_CONNECTIONS = 400
_END = 5.0


@dataclass(frozen=True)
class Place:
    """Where the app listens; port None is the first free one from PORT on."""

    host: str = "127.0.0.1"
    port: int | None = None
    certificate: Path | None = None
    key: Path | None = None

    @property
    def names(self) -> frozenset[str]:
        """The names, beside addresses, by which it may be called."""
        return frozenset({self.host, "localhost"})

    @property
    def is_loopback(self) -> bool:
        """Whether only this computer gets in."""
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def tls(self) -> bool:
        """Whether connections are encrypted."""
        return self.certificate is not None


class Running:
    """The app and its embed's page, each on a port of its own; `address` has the token."""

    def __init__(self, place: Place) -> None:
        _check_certificate(place)
        self.place = place
        first = _bound(place.host, place.port)
        # The next port where it is free: a page that was there before a restart knows it.
        self._sockets = [first, _free(place.host, first.getsockname()[1] + 1)]
        self.port, self.embed_port = (each.getsockname()[1] for each in self._sockets)
        self.token = secrets.token_urlsafe(24)
        scheme = "https" if place.tls else "http"
        self.app = create_app(
            port=self.port,
            embed_port=self.embed_port,
            token=self.token,
            tls=place.tls,
            names=place.names,
        )
        apps = [self.app, embed_app(self.embed_port, self.port, scheme, place.names)]
        self._servers = [uvicorn.Server(_config(app, place)) for app in apps]
        self._threads = [
            Thread(target=server.run, args=([socket_],), daemon=True)
            for server, socket_ in zip(self._servers, self._sockets, strict=True)
        ]

    def address(self, host: str = "") -> str:
        """What lets a browser in; `host` is this computer's name for another one."""
        scheme = "https" if self.place.tls else "http"
        own = "127.0.0.1" if self.place.host == "0.0.0.0" else self.place.host  # noqa: S104
        return f"{scheme}://{host or own}:{self.port}/?token={self.token}"

    def start(self) -> None:
        """Serve, and load the models meanwhile."""
        for thread in self._threads:
            thread.start()
        self.app.state.eyes.wake()

    def wait(self) -> None:
        """Until Ctrl-C; in slices, which Windows can interrupt."""
        while self._threads[0].is_alive():
            self._threads[0].join(0.5)

    def close(self) -> None:
        """Stop serving; what a browser still waits for is cut."""
        for server in self._servers:
            server.should_exit = server.force_exit = True
        for thread in self._threads:
            if thread.ident:
                thread.join(_END)
        for each in self._sockets:
            each.close()
        self.app.state.eyes.close()
        self.app.state.desk.cancel()
        self.app.state.shelf.stop()


@contextmanager
def running(place: Place) -> Iterator[Running]:
    """The app, while the block runs; raises InputError for a port that is taken."""
    app = Running(place)
    try:
        app.start()
        yield app
    finally:
        app.close()


def _bound(host: str, port: int | None) -> socket.socket:
    if port is not None:
        try:
            return socket.create_server((host, port))
        except OSError as error:
            reason = error.strerror or error
            raise InputError(f"Port {port} cannot be used ({reason}): name another.") from None
    for tried in range(PORT, PORT + _TRIES):
        try:
            return socket.create_server((host, tried))
        except OSError:
            continue
    return _free(host)


def _free(host: str, rather: int = 0) -> socket.socket:
    with suppress(OSError, OverflowError):
        return socket.create_server((host, rather))
    try:
        return socket.create_server((host, 0))
    except OSError as error:
        raise InputError(
            f"{host} is no address of this computer ({error.strerror or error})."
        ) from None


def _config(app: ASGIApp, place: Place) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        access_log=False,  # the first address holds the token
        log_config=None,
        lifespan="off",
        http=ImpatientProtocol,
        limit_concurrency=_CONNECTIONS,
        server_header=False,
        ssl_certfile=str(place.certificate) if place.certificate else None,
        ssl_keyfile=str(place.key) if place.key else None,
        timeout_keep_alive=30,
        ws_max_size=LARGEST_FRAME,
        ws_max_queue=2,
        ws_per_message_deflate=False,
    )


def _check_certificate(place: Place) -> None:
    if not place.certificate:
        return
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
            place.certificate, place.key
        )
    except (ssl.SSLError, OSError) as error:
        raise InputError(
            f"The certificate {place.certificate} or its key cannot be used ({error})."
        ) from None
