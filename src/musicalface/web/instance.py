"""The app that is running: told in a file of the person's, so that it is found and reused."""

import json
import os
from pathlib import Path

import httpx

from ..files import write_private
from ..settings import home

_FILE = "app.json"
_PATIENCE = 1.0


def remember(address: str) -> None:
    """Say where the app runs: in a file of mode 0600, for it holds the token."""
    write_private(_path(), json.dumps({"address": address, "process": os.getpid()}).encode())


def forget(address: str) -> None:
    """The app at this address has ended."""
    if _told() == address:
        _path().unlink(missing_ok=True)


def found() -> str:
    """The address of an app that runs and answers; else empty."""
    address = _told()
    if not address:
        return ""
    origin, _, token = address.partition("/?token=")
    try:
        answer = httpx.get(
            f"{origin}/api/health",
            headers={"Authorization": f"Bearer {token}"},
            timeout=_PATIENCE,
            trust_env=False,
        )
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return ""
    return address if answer.status_code == 200 and "version" in answer.text else ""


def _told() -> str:
    try:
        told = json.loads(_path().read_text("utf-8"))
        address = told["address"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    is_ours = isinstance(address, str) and address.startswith("http://127.0.0.1:")
    return address if is_ours and _lives(told.get("process")) else ""


def _lives(process: object) -> bool:
    """Whether it is a process of this person's: a port that it left may be somebody else's now."""
    if not isinstance(process, int) or process <= 0:
        return False
    if os.name != "posix":  # there, asking a process would end it
        return True
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


def _path() -> Path:
    return home() / _FILE
