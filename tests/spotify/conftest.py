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
    with httpx.Client(
        base_url=standin.api, headers={"Authorization": f"Bearer {token}"}, timeout=5
    ) as client:
        yield client


@pytest.fixture
def accounts(standin: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=standin.accounts, timeout=5) as client:
        yield client
