"""The system's keyring, where the extra is installed and a keyring is there."""

from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

_SERVICE, _NAME = "musicalface", "spotify"


def load() -> str:
    """What was kept; empty without a keyring."""
    keyring = _keyring()
    if keyring:
        with suppress(Exception):  # what a backend raises is not bounded by keyring's own errors
            return keyring.get_password(_SERVICE, _NAME) or ""
    return ""


def save(text: str) -> bool:
    """Keep the text; False where there is no keyring that would."""
    keyring = _keyring()
    if keyring:
        with suppress(Exception):
            keyring.set_password(_SERVICE, _NAME, text)
            return bool(keyring.get_password(_SERVICE, _NAME) == text)
    return False


def erase() -> bool:
    """Forget the text; False where there was none. Raises OSError where it cannot be deleted."""
    keyring = _keyring()
    if not keyring:
        return False
    try:
        keyring.delete_password(_SERVICE, _NAME)
    except keyring.errors.PasswordDeleteError:  # there is none, or so some backends say
        if load():
            raise OSError("the login could not be deleted from the system's keyring") from None
        return False
    except Exception as error:
        raise OSError(f"the system's keyring cannot be opened ({error})") from None
    return True


def is_there() -> bool:
    """Whether there is a keyring."""
    return _keyring() is not None


def _keyring() -> ModuleType | None:
    if not find_spec("keyring"):
        return None
    with suppress(Exception):  # a keyring that is set up wrongly is none
        keyring, none = import_module("keyring"), import_module("keyring.backends.fail")
        # The one that stands in where a system has no keyring at all.
        return None if isinstance(keyring.get_keyring(), none.Keyring) else keyring
    return None
