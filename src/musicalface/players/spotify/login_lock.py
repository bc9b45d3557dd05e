"""Lock of the stored Spotify login, shared by all processes."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from ...data_directory import prepare
from ...errors import SpotifyError
from ...settings import home
from .spotify_errors import Problem, spotify_error

_TIMEOUT = 60.0  # seconds


@contextmanager
def login_lock() -> Iterator[None]:
    """Hold the lock inside the block; raises SpotifyError after a timeout, or without a folder."""
    lock = FileLock(home() / "spotify.lock", timeout=_TIMEOUT, mode=0o600)
    try:
        prepare(home())
        lock.acquire()
    except Timeout:
        raise spotify_error(Problem.TROUBLE, "another MusicalFace is using the login") from None
    except OSError as error:
        raise SpotifyError(
            Problem.LOGGED_OUT.name,
            f"Can't store a Spotify login in {home()} ({error.strerror or error}). Make it "
            "writable, or set MUSICALFACE_HOME to another folder.",
        ) from None
    try:
        yield
    finally:
        lock.release()
