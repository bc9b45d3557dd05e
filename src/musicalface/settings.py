"""What the environment may set."""

import os
from pathlib import Path

from platformdirs import user_data_path


def camera() -> int | str:
    """Which camera: the number, path or address in MUSICALFACE_CAMERA, else the first."""
    named = os.environ.get("MUSICALFACE_CAMERA", "0")
    return int(named) if named.isdecimal() else named


def home() -> Path:
    """The person's directory: MUSICALFACE_HOME, or the platform's own place for data."""
    moved = os.environ.get("MUSICALFACE_HOME")
    return Path(moved).expanduser() if moved else user_data_path("musicalface", appauthor=False)
