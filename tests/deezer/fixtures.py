"""Fixtures for all tests with Deezer."""

from collections.abc import Iterator

import pytest

from musicalface.players.deezer import client
from musicalface.players.deezer.rate_limit import RateLimit

from .server import Server
from .state import DeezerState


@pytest.fixture
def deezer_state() -> DeezerState:
    """An empty Deezer; tests add songs."""
    return DeezerState()


@pytest.fixture(scope="session")
def deezer_server() -> Iterator[Server]:
    with Server(DeezerState()) as server:
        yield server


@pytest.fixture
def fake_deezer(
    deezer_state: DeezerState, deezer_server: Server, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    """The fake server with this test's state; a contract violation fails the test."""
    deezer_server.state = deezer_state
    monkeypatch.setattr(client, "SHARED_LIMIT", RateLimit())  # unused by other tests
    for name, value in deezer_server.environment.items():
        monkeypatch.setenv(name, value)
    yield deezer_server
    assert deezer_server.violations == []
