"""Runs the fake server in a thread on a free local port."""

import socket
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn

from .fake_deezer import FakeDeezer
from .state import DeezerState

HOST = "127.0.0.1"


class Server(FakeDeezer):
    """The running fake server as a context manager; port 0 is any free port."""

    def __init__(self, state: DeezerState, port: int = 0) -> None:
        self._temporary = TemporaryDirectory()
        super().__init__(state, Path(self._temporary.name))
        self._socket = _listening(port)
        self.port: int = self._socket.getsockname()[1]
        self._server = uvicorn.Server(_config(self))
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],))

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables that make MusicalFace use this server."""
        return {"MUSICALFACE_DEEZER_API": self.address}

    def __enter__(self) -> "Server":
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.005)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
        self._temporary.cleanup()


def _listening(port: int) -> socket.socket:
    """With IPPROTO_TCP, so that asyncio turns off Nagle's algorithm (40 ms per request)."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


def _config(standin: FakeDeezer) -> uvicorn.Config:
    """Without logs, as deliberately interrupted responses would be logged as errors."""
    return uvicorn.Config(
        standin,
        http="h11",
        loop="asyncio",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        timeout_graceful_shutdown=1,
    )
