"""What tests of the client share: a person who is logged in at the stand-in."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from musicalface.players.spotify import login as logins
from musicalface.players.spotify.api import Api
from musicalface.players.spotify.login import Login
from musicalface.players.spotify.session import Session
from tests.spotify.server import Server
from tests.spotify.world import World


def log_in(world: World, *, fresh: bool = True) -> Login:
    """Tokens as after `spotify login`, kept where they are kept."""
    tokens = world.log_in()
    end = time.time() + 3600 if fresh else 0
    login = Login(world.client_id, tokens.access, tokens.refresh, end, time.time())
    logins.save(login)
    return login


@pytest.fixture
def session(standin: Server, world: World, own_home: Path) -> Iterator[Session]:
    log_in(world)
    with Session() as opened:
        yield opened


@pytest.fixture
def api(session: Session) -> Api:
    return Api(session)
