"""Fixtures for every test that has Spotify in it."""

from collections.abc import Iterator

import pytest

from .server import Server
from .world import World


@pytest.fixture
def world() -> World:
    """A Spotify with a Premium listener and nothing else; tests fill it."""
    return World()


@pytest.fixture(scope="session")
def spotify_server() -> Iterator[Server]:
    with Server(World()) as server:
        yield server


@pytest.fixture
def standin(
    world: World, spotify_server: Server, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    """Spotify's stand-in with this test's world; a request against the contract fails the test."""
    spotify_server.world = world
    for name, value in spotify_server.environment.items():
        monkeypatch.setenv(name, value)
    yield spotify_server
    assert spotify_server.violations == []
