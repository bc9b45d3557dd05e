"""A home of its own for each test, with a small catalog and an empty library."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from musicalface.library import Library, open_library
from musicalface.mood import MoodScores
from musicalface.songs import Song, schema

HEARD = Song("Heard", "By Listeners", MoodScores(0.1, 0.7, 0.1, 0.1), "listeners", "h" * 22)
READ = Song("Read", "By Words", MoodScores(0.7, 0.1, 0.1, 0.1), "lyrics")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalog in it is the person's own, so that the shipped one is not unpacked."""
    folder = tmp_path / "home"
    folder.mkdir()
    with closing(schema.create(folder / "catalog.sqlite")) as connection:
        schema.insert(connection, [HEARD, READ])
        schema.finish(connection, {})
    monkeypatch.setenv("MUSICALFACE_HOME", str(folder))
    return folder


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    with open_library() as opened:
        yield opened


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    return folder
