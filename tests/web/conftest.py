"""A running app for tests: real HTTP, real sockets, real models."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from PIL import Image
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from musicalface.web.serve import Place, Running, running
from tests.conftest import PORTRAIT


@pytest.fixture
def app(own_home: Path) -> Iterator[Running]:
    with running(Place(port=None)) as started:
        yield started


@pytest.fixture
def origin(app: Running) -> str:
    return f"http://127.0.0.1:{app.port}"


@pytest.fixture
def visitor(app: Running, origin: str) -> Iterator[httpx.Client]:
    """Somebody who has opened the printed address."""
    with httpx.Client(base_url=origin, follow_redirects=True) as client:
        assert client.get(app.address()).status_code == 200
        yield client


@contextmanager
def camera(app: Running, token: str | None = None) -> Iterator[ClientConnection]:
    """A tab's socket."""
    origin = Origin(f"http://127.0.0.1:{app.port}")
    cookie = f"musicalface_{app.port}={app.token if token is None else token}"
    address = f"ws://127.0.0.1:{app.port}/api/sight"
    headers = {"Cookie": cookie}
    with connect(address, origin=origin, additional_headers=headers, proxy=None) as socket:
        yield socket


@pytest.fixture(scope="session")
def frame() -> bytes:
    """A camera's frame as the page sends it: JPEG, 640 by 480, somebody happy."""
    picture = Image.open(PORTRAIT).convert("RGB").resize((480, 480))
    whole = Image.new("RGB", (640, 480), "gray")
    whole.paste(picture, (80, 0))
    content = io.BytesIO()
    whole.save(content, "JPEG", quality=80)
    return content.getvalue()
