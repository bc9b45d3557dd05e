"""A fuzz target: a reader with seed inputs."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from musicalface.errors import MusicalFaceError

Read = Callable[[bytes, Path], object]


@dataclass(frozen=True)
class Target:
    """A reader, which gets bytes and an empty folder, and a function that creates its seeds."""

    name: str
    read: Read
    seeds: Callable[[], list[bytes]]


def check(target: Target, content: bytes) -> None:
    """Reads the content; raises any error that isn't a MusicalFaceError."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["MUSICALFACE_HOME"] = str(folder / "home")
        os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
        try:
            target.read(content, folder)
        except MusicalFaceError as error:
            require_sentence(error)


def require_sentence(error: Exception) -> None:
    """Raises AssertionError if the error has no message."""
    assert str(error).strip(), repr(error)


def written(content: bytes, path: Path) -> Path:
    """Writes the content to a file and returns its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
