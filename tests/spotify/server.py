"""Runs the fake Spotify server in a thread, on loopback."""

import socket
import threading
import time

import uvicorn

from .fake_spotify import FakeSpotify
from .state import SpotifyState

HOST = "127.0.0.1"


class Server(FakeSpotify):
    """A running fake server; a context manager. `port` 0 is any free port."""

    def __init__(self, world: SpotifyState, port: int = 0) -> None:
        super().__init__(world)
        self._socket = _listening(port)
        self.port: int = self._socket.getsockname()[1]
        self._server = uvicorn.Server(_config(self))
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],))

    @property
    def api(self) -> str:
        return f"http://{HOST}:{self.port}/v1"

    @property
    def accounts(self) -> str:
        return f"http://{HOST}:{self.port}/accounts"

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables that make MusicalFace use this server."""
        return {
            "MUSICALFACE_SPOTIFY_API": self.api,
            "MUSICALFACE_SPOTIFY_ACCOUNTS": self.accounts,
            "MUSICALFACE_SPOTIFY_CLIENT_ID": self.world.client_id,
        }

    def __enter__(self) -> "Server":
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.005)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()


def _listening(port: int) -> socket.socket:
    """A listening socket with TCP as its protocol.

    Otherwise asyncio leaves Nagle's algorithm on, which costs 40 ms per request.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


def _config(app: FakeSpotify) -> uvicorn.Config:
    """uvicorn without logs, because it logs intentionally broken responses as errors."""
    return uvicorn.Config(
        app,
        http="h11",
        loop="asyncio",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        timeout_graceful_shutdown=1,
    )
