"""Where the person's things live."""

import os
from pathlib import Path

from platformdirs import user_data_path


def home() -> Path:
    """The person's directory: MUSICALFACE_HOME, or the platform's own place for data."""
    moved = os.environ.get("MUSICALFACE_HOME")
    return Path(moved).expanduser() if moved else user_data_path("musicalface", appauthor=False)
