"""Stores the Spotify login in the system keyring, if the keyring extra is installed."""

import sys
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_SERVICE, _NAME = "musicalface", "spotify"
_BACKENDS = {"darwin": ("macOS.Keyring",), "win32": ("Windows.WinVaultKeyring",)}
_UNIX_BACKENDS = ("SecretService.Keyring", "kwallet.DBusKeyring", "libsecret.Keyring")


def load() -> str:
    """The stored text, or "" if there is none or no keyring."""
    keyring = _keyring()
    if keyring:
        with suppress(Exception):  # backends raise more than keyring's own errors
            return keyring.get_password(_SERVICE, _NAME) or ""
    return ""


def save(text: str) -> bool:
    """Store the text; False if no keyring stores it."""
    keyring = _keyring()
    if keyring:
        with suppress(Exception):
            keyring.set_password(_SERVICE, _NAME, text)
            return bool(keyring.get_password(_SERVICE, _NAME) == text)
    return False


def erase() -> bool:
    """Delete the text; False if there was none. Raises OSError if it cannot be deleted."""
    keyring = _keyring()
    if not keyring:
        return False
    try:
        keyring.delete_password(_SERVICE, _NAME)
    except keyring.errors.PasswordDeleteError:  # no entry, or a failure of some backends
        if load():
            raise OSError(
                "Can't delete the login from the system keyring, so delete it there"
            ) from None
        return False
    except Exception as error:
        raise OSError(f"Can't open the system keyring ({error}), so unlock it and retry") from None
    return True


def is_available() -> bool:
    """True if there is a keyring."""
    return _keyring() is not None


def _keyring() -> ModuleType | None:
    if not find_spec("keyring"):
        return None
    with suppress(Exception):  # a misconfigured keyring counts as none
        keyring, none = import_module("keyring"), import_module("keyring.backends.fail")
        _choose_backend()
        # keyring's placeholder on systems without a keyring.
        return None if isinstance(keyring.get_keyring(), none.Keyring) else keyring
    return None


def _choose_backend() -> None:
    """Use this platform's keyring, unless keyring's settings or other code select one.

    keyring's own search imports the backends of all platforms. On Linux, the macOS backend
    runs a C compiler three times (`ctypes.util.find_library`) and writes temporary files.
    """
    core = import_module("keyring.core")
    if getattr(core, "_keyring_backend", None) is None:
        named = core.load_env() or core.load_config()
        core.set_keyring(named or _platform_backend(core))


def _platform_backend(core: ModuleType) -> Any:
    """The first working keyring of this platform, or keyring's placeholder."""
    for name in _BACKENDS.get(sys.platform, _UNIX_BACKENDS):
        with suppress(Exception):  # not installed, or its service does not run
            return core.load_keyring(f"keyring.backends.{name}")
    return core.load_keyring("keyring.backends.fail.Keyring")
