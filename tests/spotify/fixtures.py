"""Fixtures of the tests that use the fake Spotify server."""

from collections.abc import Iterator

import pytest

from .server import Server
from .state import SpotifyState


@pytest.fixture
def spotify_state() -> SpotifyState:
    """The state of the fake server: a Premium account and nothing else."""
    return SpotifyState()


@pytest.fixture(scope="session")
def spotify_server() -> Iterator[Server]:
    with Server(SpotifyState()) as server:
        yield server


@pytest.fixture
def fake_spotify(
    spotify_state: SpotifyState, spotify_server: Server, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    """The fake server with this test's state; a contract violation fails the test."""
    spotify_server.world = spotify_state
    for name, value in spotify_server.environment.items():
        monkeypatch.setenv(name, value)
    yield spotify_server
    assert spotify_server.violations == []
