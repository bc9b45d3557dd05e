"""A client that asks the stand-in as MusicalFace does, but without MusicalFace."""

from collections.abc import Iterator

import httpx
import pytest

from .server import Server
from .world import World


@pytest.fixture
def client(standin: Server, world: World) -> Iterator[httpx.Client]:
    """Logged in with every scope; paths begin at the API."""
    token = world.log_in().access
    with _client(standin.api, {"Authorization": f"Bearer {token}"}) as client:
        yield client


@pytest.fixture
def accounts(standin: Server) -> Iterator[httpx.Client]:
    with _client(standin.accounts, {}) as client:
        yield client


def _client(base: str, headers: dict[str, str]) -> httpx.Client:
    """Without TLS's certificates, which take 30 ms to load."""
    return httpx.Client(base_url=base, headers=headers, timeout=5, verify=False)
