"""What the environment may set."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

from .errors import InputError

_LOOPBACK = {("http", "127.0.0.1"), ("http", "::1")}


def camera() -> int | str:
    """Which camera: the number, path or address in MUSICALFACE_CAMERA, else the first."""
    named = os.environ.get("MUSICALFACE_CAMERA", "0")
    return int(named) if named.isdecimal() else named


def prior() -> str:
    """How likely each expression is beforehand: MUSICALFACE_PRIOR, else camera."""
    return os.environ.get("MUSICALFACE_PRIOR") or "camera"


def spotify_client_id() -> str:
    """The Client ID of the person's own Spotify app: MUSICALFACE_SPOTIFY_CLIENT_ID, or empty."""
    return os.environ.get("MUSICALFACE_SPOTIFY_CLIENT_ID", "").strip()


def spotify_api() -> str:
    """Another address of Spotify's Web API: MUSICALFACE_SPOTIFY_API, or empty."""
    return _address("MUSICALFACE_SPOTIFY_API")


def spotify_accounts() -> str:
    """Another address of Spotify's accounts service: MUSICALFACE_SPOTIFY_ACCOUNTS, or empty."""
    return _address("MUSICALFACE_SPOTIFY_ACCOUNTS")


def _address(name: str) -> str:
    """Tokens travel to it: in the clear to this computer only. Raises InputError."""
    address = os.environ.get(name, "").rstrip("/")
    try:
        scheme, host = urlsplit(address).scheme, urlsplit(address).hostname
    except ValueError:
        scheme, host = "", None
    if address and not (scheme == "https" and host) and (scheme, host) not in _LOOPBACK:
        raise InputError(f"{name} is {address}, and must start with https:// or http://127.0.0.1.")
    return address


def home() -> Path:
    """The person's directory: MUSICALFACE_HOME, or the platform's own place for data.

    Raises InputError when that cannot be a place.
    """
    moved = os.environ.get("MUSICALFACE_HOME")
    try:
        return Path(moved).expanduser() if moved else user_data_path("musicalface", appauthor=False)
    except RuntimeError:
        raise InputError(f"MUSICALFACE_HOME is {moved}, and there is no such user.") from None
