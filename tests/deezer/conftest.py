"""Fixtures: a player connected to the fake server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from musicalface.mood import MoodScores
from musicalface.players.deezer import DeezerPlayer
from musicalface.songs import Song

from .server import Server


@pytest.fixture
def player(fake_deezer: Server, own_home: Path) -> Iterator[DeezerPlayer]:
    """A player with an empty cache."""
    player = DeezerPlayer()
    yield player
    player.close()


@pytest.fixture
def halo() -> Song:
    return song("Beyoncé", "Halo")


def song(artist: str, title: str) -> Song:
    return Song(artist, title, MoodScores.of((0.1, 0.7, 0.1, 0.1)))
