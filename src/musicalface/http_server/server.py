"""Background server: runs an ASGI app on a bound socket in a thread, with uvicorn."""

import asyncio
import socket
from collections.abc import Coroutine
from pathlib import Path
from threading import Thread
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from .accept_loop import accept_connections, enforce_deadlines
from .connections import Connections
from .errors import UnexpectedErrors, record_loop_error
from .timeouts import TimedProtocol

_SHUTDOWN_TIMEOUT = 5.0  # seconds
_NEVER = 86_400  # seconds
LARGEST_MESSAGE = 16_000_000
"""Maximum bytes of a WebSocket message."""


class BackgroundServer:
    """Serves until closed; `certificate` and `key` (PEM files) enable TLS."""

    def __init__(
        self,
        app: ASGIApp,
        listener: socket.socket,
        *,
        certificate: Path | None = None,
        key: Path | None = None,
        largest_message: int = LARGEST_MESSAGE,
    ) -> None:
        self._listener = listener
        self._server = _Server(_config(app, certificate, key, largest_message))
        self._thread = Thread(target=self._server.run, args=([listener],), daemon=True)

    @property
    def connections(self) -> Connections:
        """The open connections."""
        return self._server.open

    def start(self) -> None:
        """Start serving."""
        self._thread.start()

    def wait(self) -> None:
        """Block until Ctrl-C; in slices, because Windows cannot interrupt a longer join."""
        while self._thread.is_alive():
            self._thread.join(0.5)

    def close(self, grace: float = 0.0) -> None:
        """Stop serving; running responses get `grace` seconds before they are aborted."""
        self._server.should_exit = True
        if grace and self._thread.ident:
            self._thread.join(grace)
        self._server.force_exit = True
        if self._thread.ident:
            self._thread.join(_SHUTDOWN_TIMEOUT)
        self._listener.close()


class _Server(uvicorn.Server):
    """uvicorn with our accept loop: a connection cap, and rate-limited logging of errors."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.open = Connections()
        self._loops: list[asyncio.Task[None]] = []

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start accepting connections."""
        asyncio.get_running_loop().set_exception_handler(record_loop_error)
        self.servers = []
        for listener in sockets or ():
            self._run(accept_connections(listener, self.open, self._protocol, self.config.ssl))
        self._run(enforce_deadlines(self.open))
        self.started = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop accepting, wait for running responses unless forced, and abort the rest."""
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        await super().shutdown(sockets)
        for connection in self.open:
            connection.abort()
        await asyncio.sleep(0)

    def _run(self, loop: Coroutine[Any, Any, None]) -> None:
        self._loops.append(asyncio.create_task(loop))

    def _protocol(self, state: dict[str, Any]) -> TimedProtocol:
        return TimedProtocol(self.config, self.server_state, app_state=state)


def _config(
    app: ASGIApp, certificate: Path | None, key: Path | None, largest_message: int
) -> uvicorn.Config:
    return uvicorn.Config(
        UnexpectedErrors(app),
        access_log=False,  # URLs contain tokens
        lifespan="off",
        log_config=None,
        log_level="critical",  # disconnects are normal, and errors go to our log
        loop="asyncio",
        server_header=False,
        ssl_certfile=str(certificate) if certificate else None,
        ssl_keyfile=str(key) if key else None,
        timeout_keep_alive=_NEVER,  # the deadline of Phase.IDLE replaces it
        ws_max_size=largest_message,
        ws_max_queue=2,
        ws_per_message_deflate=False,
    )
