"""The secret of readmission: kept for a week, so that open pages survive a restart of the app."""

import json
import secrets
import time
from pathlib import Path

from starlette.datastructures import State

from ..data_directory import read_private
from ..files import write_private
from ..settings import home
from .json_body import Document

_MAX_BYTES = 4096
_MAX_AGE = 7 * 86_400  # seconds since the app was started with it


def secret_for(port: int) -> str:
    """The secret of the last app on this port, or a new one; stored in a file of mode 0600."""
    secret = _kept(port) or secrets.token_urlsafe(32)
    record = {"port": port, "secret": secret, "at": time.time()}
    write_private(_path(), json.dumps(record).encode())
    return secret


def get_secret(state: State, _: Document) -> Document:
    """`GET /api/readmission-secret`: for a page that is open, which keeps it in memory."""
    return {"secret": state.readmission_secret}


def _kept(port: int) -> str:
    try:
        record = json.loads(read_private(_path(), _MAX_BYTES))
        fresh = 0 <= time.time() - record["at"] < _MAX_AGE
        secret = record["secret"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    is_known = record["port"] == port and fresh and isinstance(secret, str)
    return secret if is_known and len(secret) >= 32 else ""


def _path() -> Path:
    return home() / "readmission.json"
