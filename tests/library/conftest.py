"""Fixtures: a user directory per test, with a small catalog and an empty library."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from musicalface.library import Library, open_library
from musicalface.mood import MoodScores
from musicalface.songs import Song, catalog_schema

HEARD = Song("Heard", "By Listeners", MoodScores(0.1, 0.7, 0.1, 0.1), "listeners", "h" * 22)
READ = Song("Read", "By Words", MoodScores(0.7, 0.1, 0.1, 0.1), "lyrics")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user directory with its own catalog, so that the bundled one is not unpacked."""
    folder = tmp_path / "home"
    folder.mkdir()
    with closing(catalog_schema.create(folder / "catalog.sqlite")) as connection:
        catalog_schema.insert(connection, [HEARD, READ])
        catalog_schema.finish(connection, {})
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
