"""Helper of the client's tests: a user who is logged in at the fake server."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from musicalface.players.spotify import token_store
from musicalface.players.spotify.api import SpotifyApi
from musicalface.players.spotify.client import SpotifyClient
from musicalface.players.spotify.token_store import Credentials
from tests.spotify.server import Server
from tests.spotify.state import SpotifyState


def log_in(world: SpotifyState, *, fresh: bool = True) -> Credentials:
    """Store tokens as `spotify login` does."""
    tokens = world.log_in()
    end = time.time() + 3600 if fresh else 0
    login = Credentials(world.client_id, tokens.access, tokens.refresh, end, time.time())
    token_store.save(login)
    return login


@pytest.fixture
def session(
    fake_spotify: Server, spotify_state: SpotifyState, own_home: Path
) -> Iterator[SpotifyClient]:
    log_in(spotify_state)
    with SpotifyClient() as opened:
        yield opened


@pytest.fixture
def api(session: SpotifyClient) -> SpotifyApi:
    return SpotifyApi(session)
