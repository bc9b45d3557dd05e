"""HTTP clients of the fake server that do not use MusicalFace."""

from collections.abc import Iterator

import httpx
import pytest

from .server import Server
from .state import SpotifyState


@pytest.fixture
def client(fake_spotify: Server, spotify_state: SpotifyState) -> Iterator[httpx.Client]:
    """A client logged in with every scope; its paths are relative to the API."""
    token = spotify_state.log_in().access
    with _client(fake_spotify.api, {"Authorization": f"Bearer {token}"}) as client:
        yield client


@pytest.fixture
def accounts(fake_spotify: Server) -> Iterator[httpx.Client]:
    with _client(fake_spotify.accounts, {}) as client:
        yield client


def _client(base: str, headers: dict[str, str]) -> httpx.Client:
    """A client without TLS certificates, which take 30 ms to load."""
    return httpx.Client(base_url=base, headers=headers, timeout=5, verify=False)
