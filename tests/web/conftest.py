"""A running app for tests: real HTTP, real sockets, real models."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from musicalface.songs.bundled_catalog import unpack_bundled
from musicalface.web.server import AppServer, ServerConfig, run_app


@pytest.fixture(scope="session")
def unpacked_catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled catalog, unpacked once for all tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MUSICALFACE_HOME", str(tmp_path_factory.getbasetemp() / "home"))
        return unpack_bundled()


@pytest.fixture
def app(own_home: Path, unpacked_catalog: Path) -> Iterator[AppServer]:
    own_home.mkdir(mode=0o700, exist_ok=True)
    (own_home / unpacked_catalog.name).hardlink_to(unpacked_catalog)
    with run_app(ServerConfig(port=None)) as started:
        yield started


@pytest.fixture
def origin(app: AppServer) -> str:
    return f"http://127.0.0.1:{app.port}"


@pytest.fixture
def client(app: AppServer, origin: str) -> Iterator[httpx.Client]:
    """An HTTP client with the cookie of the printed link."""
    with httpx.Client(base_url=origin, follow_redirects=True, timeout=60) as client:
        assert client.get(app.address()).status_code == 200
        yield client


def wait_until(condition: Callable[[], object]) -> None:
    """Wait until a condition is true, for at most a minute."""
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


@contextmanager
def connect_camera(app: AppServer, token: str | None = None) -> Iterator[ClientConnection]:
    """Open the camera WebSocket as a page does."""
    origin = Origin(f"http://127.0.0.1:{app.port}")
    cookie = f"musicalface_{app.port}={app.token if token is None else token}"
    address = f"ws://127.0.0.1:{app.port}/api/sight"
    headers = {"Cookie": cookie}
    with connect(address, origin=origin, additional_headers=headers, proxy=None) as socket:
        yield socket
