"""The resting face that the user keeps: seven numbers in the data directory, and no picture."""

import json
from pathlib import Path

from .. import settings
from ..data_directory import read_private
from ..errors import InputError
from ..files import write_private
from .expression_classifier import load_expression_model
from .resting_face import RestingFace

_MAX_BYTES = 4096


def load() -> RestingFace | None:
    """The kept resting face; None without one, or if its file is damaged or of another model."""
    try:
        record = json.loads(read_private(_path(), _MAX_BYTES))
        shift, model = tuple(record["shift"]), record["model"]
        return RestingFace(shift) if model == _model() else None
    except (OSError, InputError, ValueError, KeyError, TypeError, RecursionError):
        return None


def is_kept() -> bool:
    """True if there is a file, even a damaged one."""
    return _path().exists()


def keep(face: RestingFace) -> None:
    """Stores it in a file of mode 0600; raises OSError."""
    record = {"model": _model(), "shift": [round(each, 4) for each in face.shift]}
    write_private(_path(), json.dumps(record).encode())


def erase() -> None:
    """Deletes the file; raises OSError."""
    _path().unlink(missing_ok=True)


def _model() -> str:
    """The checksum of the default model: another network sees another resting face."""
    return load_expression_model(None).card.sha256


def _path() -> Path:
    return settings.home() / "neutral-face.json"
