"""The resting face that the user keeps: seven numbers in the data directory, and no picture."""

from typing import Any

from ..private_json import DamagedFileError, PrivateJson
from .expression_classifier import load_expression_model
from .resting_face import RestingFace


def load() -> RestingFace | None:
    """The kept resting face; None without one, or if its file is damaged or of another model."""
    try:
        return _FILE.read()
    except (OSError, DamagedFileError):
        return None


def is_kept() -> bool:
    """True if there is a file, even a damaged one."""
    return _FILE.path.exists()


def keep(face: RestingFace) -> None:
    """Stores it in a file of mode 0600; raises OSError."""
    _FILE.write({"model": _model(), "shift": [round(each, 4) for each in face.shift]})


def erase() -> None:
    """Deletes the file; raises OSError."""
    _FILE.delete()


def _parse(record: Any) -> RestingFace | None:
    shift, model = tuple(record["shift"]), record["model"]
    return RestingFace(shift) if model == _model() else None


def _model() -> str:
    """The checksum of the default model: another network sees another resting face."""
    return load_expression_model(None).card.sha256


_FILE = PrivateJson("neutral-face.json", 4096, _parse)
