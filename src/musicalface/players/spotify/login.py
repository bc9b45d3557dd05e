"""The person's login to Spotify, as it is kept between runs."""

import json
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from ...errors import SpotifyError
from ...files import write_private
from ...settings import home
from . import keyrings
from .problems import Problem, failed

LIFETIME = 183 * 24 * 3600.0
"""Seconds for which a login lasts; refreshing does not extend it (Spotify, 2026)."""

_SPARE = 60.0  # seconds before its end at which a token counts as expired
_LARGEST = 20_000
_LATEST = 4e9  # seconds since 1970: the year 2096
_WAIT = 60.0


@dataclass(frozen=True)
class Login:
    """Tokens of one person; without a refresh token the login has ended."""

    client_id: str
    access_token: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    expires_at: float = 0  # of the access token, in seconds since 1970
    since: float = 0

    @property
    def is_fresh(self) -> bool:
        """Whether the access token is good for another minute."""
        return bool(self.access_token) and time.time() + _SPARE < self.expires_at

    def ended(self) -> "Login":
        """The same without its tokens: who asks again need not be asked for the Client ID."""
        return Login(self.client_id)


def folder() -> Path:
    """Where all that came from Spotify lies."""
    return home() / "spotify"


def load() -> Login | None:
    """The login, or None; raises SpotifyError when the file has been tampered with."""
    try:
        kept = [_parsed(text) for text in (keyrings.load(), _from_file(_file())) if text]
        return max(kept, key=lambda login: login.since, default=None)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        raise _unusable("is damaged") from None
    except OSError as error:
        raise _unusable(f"cannot be read ({error.strerror or error})") from None


def save(login: Login) -> None:
    """Keep the login: in the system's keyring where there is one, else in a file of mode 0600."""
    with _alone():
        _save(login)


def check_place() -> None:
    """Raises SpotifyError where no login could be kept."""
    with _alone():
        pass


def is_printable(token: str) -> bool:
    """Whether it can stand in a header."""
    return all("!" <= character <= "~" for character in token)


def close_to_others() -> bool:
    """Let nobody else read the login; whether somebody could."""
    path = _file()
    with suppress(OSError):  # of another owner: then reading it fails, and says so
        if os.name == "posix" and path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            path.chmod(0o600)
            return True
    return False


def erase() -> bool:
    """Forget the login and all that came from Spotify; False when there was nothing."""
    with _alone():
        there, is_shut = folder().exists(), _in_keyring().exists() and not keyrings.is_there()
        shutil.rmtree(folder(), ignore_errors=True)
        if is_shut:
            folder().mkdir(parents=True, exist_ok=True, mode=0o700)
            _in_keyring().touch(0o600)  # for the next who asks
            raise OSError("the login lies in the system's keyring: log out where that is open")
        kept = keyrings.erase()
    if folder().exists():
        raise OSError(f"{folder()} could not be deleted: delete it by hand")
    return kept or there


def where() -> str:
    """In words, where the tokens are."""
    return "the system's keyring" if keyrings.load() else str(_file())


def refreshed(stale: str, refresh: Callable[[Login], Login]) -> Login:
    """A login whose access token is not the stale one; one process refreshes, others wait.

    `refresh` asks Spotify; when it says that the login has ended, the tokens are
    dropped. Raises what it raises, and SpotifyError when nobody is logged in.
    """
    with _alone():
        login = load()
        if login is None:
            raise failed(Problem.LOGGED_OUT)
        if not login.refresh_token:
            raise failed(Problem.LOGIN_LOST)
        if login.is_fresh and login.access_token != stale:
            return login
        try:
            login = refresh(login)
        except SpotifyError as error:
            if error.problem == Problem.LOGIN_LOST.name:
                _save(login.ended())
            raise
        with suppress(OSError):  # good for now, where it cannot be kept
            _save(login)
        return login


@contextmanager
def _alone() -> Iterator[None]:
    lock = FileLock(home() / "spotify.lock", timeout=_WAIT, mode=0o600)
    try:
        home().mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise failed(Problem.TROUBLE, "another musicalface is waiting for it") from None
    except OSError as error:
        raise SpotifyError(
            Problem.LOGGED_OUT.name,
            f"A Spotify login cannot be kept in {home()} ({error.strerror or error}): make it "
            "writable, or set MUSICALFACE_HOME to another folder.",
        ) from None
    try:
        yield
    finally:
        lock.release()


def _save(login: Login) -> None:
    text = json.dumps(asdict(login))
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    if keyrings.save(text):
        _in_keyring().touch(0o600)
        _file().unlink(missing_ok=True)
    else:
        with suppress(OSError):
            keyrings.erase()
        write_private(_file(), text.encode())


def _unusable(why: str) -> SpotifyError:
    sentence = f"The Spotify login in {_file()} {why}: musicalface spotify login makes another."
    return SpotifyError(Problem.LOGGED_OUT.name, sentence)


def _file() -> Path:
    return folder() / "login.json"


def _in_keyring() -> Path:
    """Tells those who cannot open the keyring that there is something in it."""
    return folder() / "in-keyring"


def _from_file(path: Path) -> str:
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError("it is no regular file")
            return file.read(_LARGEST).decode("utf-8", "replace")
    except FileNotFoundError:
        return ""


def _without_waiting(name: str, flags: int) -> int:
    """A pipe in the file's place would wait for a writer."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _parsed(text: str) -> Login:
    found = json.loads(text)
    names = ("client_id", "access_token", "refresh_token")
    if not all(isinstance(found[name], str) and is_printable(found[name]) for name in names):
        raise TypeError
    client_id, access_token, refresh_token = (found[name] for name in names)
    times = float(found["expires_at"]), float(found["since"])
    if not all(0 <= at < _LATEST for at in times):
        raise ValueError
    return Login(client_id, access_token, refresh_token, *times)
