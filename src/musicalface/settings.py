"""What the environment may set."""

import os
from pathlib import Path

from platformdirs import user_data_path

from .errors import InputError


def camera() -> int | str:
    """Which camera: the number, path or address in MUSICALFACE_CAMERA, else the first."""
    named = os.environ.get("MUSICALFACE_CAMERA", "0")
    return int(named) if named.isdecimal() else named


def prior() -> str:
    """How likely each expression is beforehand: MUSICALFACE_PRIOR, else camera."""
    return os.environ.get("MUSICALFACE_PRIOR") or "camera"


def home() -> Path:
    """The person's directory: MUSICALFACE_HOME, or the platform's own place for data.

    Raises InputError when that cannot be a place.
    """
    moved = os.environ.get("MUSICALFACE_HOME")
    try:
        return Path(moved).expanduser() if moved else user_data_path("musicalface", appauthor=False)
    except RuntimeError:
        raise InputError(f"MUSICALFACE_HOME is {moved}, and there is no such user.") from None
