"""The secret of readmission: kept for a week, so that open pages survive a restart of the app."""

import secrets
import time
from typing import Any

from starlette.datastructures import State

from ..private_json import DamagedFileError, PrivateJson
from .json_body import Document

_MIN_LENGTH = 32
_MAX_AGE = 7 * 86_400  # seconds since the app was started with it


def secret_for(port: int) -> str:
    """The secret of the last app on this port, or a new one; stored in a file of mode 0600."""
    secret = _kept(port) or secrets.token_urlsafe(32)
    _FILE.write({"port": port, "secret": secret, "at": time.time()})
    return secret


def get_secret(state: State, _: Document) -> Document:
    """`GET /api/readmission-secret`: for a page that is open, which keeps it in memory."""
    return {"secret": state.readmission_secret}


def _kept(port: int) -> str:
    try:
        kept_port, secret = _FILE.read() or (0, "")
    except (OSError, DamagedFileError):
        return ""
    return secret if kept_port == port else ""


def _parse(record: Any) -> tuple[int, str]:
    """The port and the secret; no secret if it is too old."""
    port, secret, age = record["port"], record["secret"], time.time() - record["at"]
    if not isinstance(secret, str) or len(secret) < _MIN_LENGTH:
        raise ValueError("not a secret")
    return port, secret if 0 <= age < _MAX_AGE else ""


_FILE = PrivateJson("readmission.json", 4096, _parse)
