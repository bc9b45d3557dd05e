"""The stand-in in a thread of its own, on a free port of this machine."""

import socket
import threading
import time

import uvicorn

from .standin import Standin
from .world import World

HOST = "127.0.0.1"


class Server(Standin):
    """A running stand-in; a context manager. `port` 0: any free one."""

    def __init__(self, world: World, port: int = 0) -> None:
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
        """What tells MusicalFace to ask here."""
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
    """Named as TCP, or asyncio would not turn off Nagle's algorithm: 40 ms a request."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


def _config(standin: Standin) -> uvicorn.Config:
    """Quiet, because an answer that breaks off on purpose would be logged as an error."""
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
