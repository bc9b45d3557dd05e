"""Token store: keeps the Spotify login in the system keyring or in a private file."""

import json
import os
import shutil
import stat
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ...data_directory import create_private, prepare, read_private
from ...errors import SpotifyError
from ...files import write_private
from ...settings import home
from . import keyring_store
from .login_lock import login_lock
from .spotify_errors import Problem, spotify_error

LIFETIME = 183 * 24 * 3600.0
"""Lifetime of a login in seconds; refreshing does not extend it (Spotify, 2026)."""

_EXPIRY_MARGIN = 60.0  # seconds before expiry at which a token counts as expired
_MAX_BYTES = 20_000
LATEST = 4e9  # seconds since 1970: the year 2096


@dataclass(frozen=True)
class Credentials:
    """The user's tokens; without a refresh token, the login has expired."""

    client_id: str
    access_token: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    expires_at: float = 0  # of the access token, in seconds since 1970
    since: float = 0  # time of the login, in seconds since 1970

    @property
    def is_fresh(self) -> bool:
        """True if the access token is valid for another minute."""
        return bool(self.access_token) and time.time() + _EXPIRY_MARGIN < self.expires_at

    def without_tokens(self) -> "Credentials":
        """A copy without tokens; keeps the Client ID for the next login."""
        return Credentials(self.client_id)


def spotify_folder() -> Path:
    """The folder of all data from Spotify."""
    return home() / "spotify"


def load() -> Credentials | None:
    """The stored login, or None; raises SpotifyError if it is damaged or unreadable."""
    try:
        logins = [
            _parse(text[:_MAX_BYTES])
            for text in (keyring_store.load(), _read_file(_file()))
            if text
        ]
        return max(logins, key=lambda credentials: credentials.since, default=None)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        raise _login_error("is damaged") from None
    except OSError as error:
        raise _login_error(f"can't be read ({error.strerror or error})") from None


def save(credentials: Credentials) -> None:
    """Store the login in the system keyring if there is one, else in a file of mode 0600."""
    with login_lock():
        write_credentials(credentials)


def check_writable() -> None:
    """Raise SpotifyError if a login cannot be stored."""
    with login_lock():
        pass


def is_printable(token: str) -> bool:
    """True if the token may be sent in a header: printable ASCII without spaces."""
    return all("!" <= character <= "~" for character in token)


def restrict_permissions() -> bool:
    """Make the login file private; True if other users could read it."""
    path = _file()
    with suppress(OSError):  # another user's file: reading it fails with a message
        facts = path.lstat()
        if os.name == "posix" and stat.S_ISREG(facts.st_mode) and facts.st_mode & 0o077:
            path.chmod(0o600)
            return True
    return False


def erase() -> bool:
    """Delete the login and all data from Spotify; False if there was none.

    Raises OSError if something cannot be deleted.
    """
    with login_lock():
        existed = spotify_folder().exists()
        is_keyring_missing = _keyring_marker().exists() and not keyring_store.is_available()
        shutil.rmtree(spotify_folder(), ignore_errors=True)
        if is_keyring_missing:
            create_private(_keyring_marker())  # so that the next logout fails too
            raise OSError(
                "The login is in the system keyring, which is not available here, so log out in "
                "a session where it is"
            )
        was_in_keyring = keyring_store.erase()
    if spotify_folder().exists():
        raise OSError(f"Can't delete {spotify_folder()}, so delete it yourself")
    return was_in_keyring or existed


def storage_location() -> str:
    """Where the tokens are stored, for messages."""
    return "the system's keyring" if keyring_store.load() else str(_file())


def write_credentials(credentials: Credentials) -> None:
    """Store the login; the caller holds `login_lock`."""
    text = _checked(json.dumps(asdict(credentials)))
    prepare(spotify_folder())
    if keyring_store.save(text):
        create_private(_keyring_marker())
        _file().unlink(missing_ok=True)
    else:
        with suppress(OSError):
            keyring_store.erase()
        write_private(_file(), text.encode())


def _checked(text: str) -> str:
    """Return the text; raises SpotifyError if `load` could not parse it."""
    try:
        _parse(text)
    except (ValueError, TypeError, OverflowError):
        raise spotify_error(Problem.OURS, "unexpected response") from None
    return text


def _login_error(why: str) -> SpotifyError:
    sentence = f"The Spotify login in {_file()} {why}. Run musicalface spotify login."
    return SpotifyError(Problem.LOGGED_OUT.name, sentence)


def _file() -> Path:
    return spotify_folder() / "login.json"


def _keyring_marker() -> Path:
    """An empty file that marks a login in the keyring, for processes without access to it."""
    return spotify_folder() / "in-keyring"


def _read_file(path: Path) -> str:
    try:
        return read_private(path, _MAX_BYTES).decode("utf-8", "replace")
    except FileNotFoundError:
        return ""


def _parse(text: str) -> Credentials:
    login = json.loads(text)
    names = ("client_id", "access_token", "refresh_token")
    if not all(isinstance(login[name], str) and is_printable(login[name]) for name in names):
        raise TypeError
    client_id, access_token, refresh_token = (login[name] for name in names)
    times = float(login["expires_at"]), float(login["since"])
    if not all(0 <= at < LATEST for at in times):
        raise ValueError
    return Credentials(client_id, access_token, refresh_token, *times)
