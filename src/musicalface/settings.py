"""Settings from environment variables."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

from .errors import InputError

_LOOPBACK = {("http", "127.0.0.1"), ("http", "::1")}


def camera_source() -> int | str:
    """The camera: the number, path or address in MUSICALFACE_CAMERA, or the first camera (0)."""
    camera = os.environ.get("MUSICALFACE_CAMERA", "0")
    return int(camera) if camera.isdecimal() else camera


def prior_name() -> str:
    """The name of the prior: MUSICALFACE_PRIOR, or "camera"."""
    return os.environ.get("MUSICALFACE_PRIOR") or "camera"


def language() -> str:
    """The language of the pages: MUSICALFACE_LANGUAGE ("de" for example), or English."""
    return os.environ.get("MUSICALFACE_LANGUAGE") or "en"


def debug() -> bool:
    """True if errors are logged in full, with names of files: MUSICALFACE_DEBUG, or --debug."""
    return os.environ.get("MUSICALFACE_DEBUG", "") not in ("", "0")


def spotify_client_id() -> str:
    """The Client ID of the user's own Spotify app: MUSICALFACE_SPOTIFY_CLIENT_ID, or empty."""
    return os.environ.get("MUSICALFACE_SPOTIFY_CLIENT_ID", "").strip()


def spotify_api() -> str:
    """The address that replaces Spotify's Web API: MUSICALFACE_SPOTIFY_API, or empty."""
    return _address("MUSICALFACE_SPOTIFY_API")


def spotify_accounts() -> str:
    """The address that replaces Spotify's login: MUSICALFACE_SPOTIFY_ACCOUNTS, or empty."""
    return _address("MUSICALFACE_SPOTIFY_ACCOUNTS")


def deezer_api() -> str:
    """Another address of Deezer's public API: MUSICALFACE_DEEZER_API, or empty."""
    return _address("MUSICALFACE_DEEZER_API")


def offline() -> bool:
    """True if MUSICALFACE_OFFLINE forbids sending; see `stored_settings.is_offline`."""
    return os.environ.get("MUSICALFACE_OFFLINE", "") not in ("", "0")


def _address(name: str) -> str:
    """An address that gets tokens: HTTPS, or HTTP to this computer. Raises InputError otherwise."""
    address = os.environ.get(name, "").rstrip("/")
    try:
        scheme, host = urlsplit(address).scheme, urlsplit(address).hostname
    except ValueError:
        scheme, host = "", None
    if address and not (scheme == "https" and host) and (scheme, host) not in _LOOPBACK:
        raise InputError(
            f"{name} is {address}. Set it to an address that starts with https:// or "
            "http://127.0.0.1."
        )
    return address


def home() -> Path:
    """The data directory: MUSICALFACE_HOME, or the platform's default for user data.

    Raises InputError if MUSICALFACE_HOME names an unknown user (~name).
    """
    moved = os.environ.get("MUSICALFACE_HOME")
    try:
        return Path(moved).expanduser() if moved else user_data_path("musicalface", appauthor=False)
    except RuntimeError:
        raise InputError(
            f"MUSICALFACE_HOME is {moved}, but there is no such user. Set it to a folder."
        ) from None
