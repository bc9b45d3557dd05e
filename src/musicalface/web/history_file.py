"""The stored history of moods and heard songs: a private file, only if the user wants one."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..data_directory import read_private
from ..files import write_private
from ..mood import Mood
from ..settings import home

MAX_BYTES = 8_000_000
MAX_URL = 500
Entry = dict[str, Any]


class DamagedHistoryError(Exception):
    """The file is not a history; it has been put aside."""


def load() -> list[Entry]:
    """Returns the stored entries, newest first; none without a file.

    Raises OSError, and DamagedHistoryError after renaming a damaged file.
    """
    try:
        content = read_private(_path(), MAX_BYTES + 1)
    except FileNotFoundError:
        return []
    try:
        if len(content) > MAX_BYTES:
            raise ValueError
        return [_entry(**each) for each in json.loads(content)["history"]]
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError):
        _path().replace(_damaged())
        raise DamagedHistoryError from None


def save(entries: list[Entry]) -> None:
    """Replaces the file. Raises OSError."""
    write_private(_path(), json.dumps({"history": entries}, ensure_ascii=False).encode())


def delete() -> None:
    """Deletes the file, and a damaged one. Raises OSError."""
    for path in (_path(), _damaged()):
        with suppress(FileNotFoundError):
            path.unlink()


def _entry(
    at: object, mood: object, toward: object, corrected: object, songs: list[dict[str, object]]
) -> Entry:
    if not isinstance(corrected, bool) or not isinstance(songs, list):
        raise TypeError("not an entry")
    return {
        "at": _time(at),
        "mood": _mood(mood),
        "toward": None if toward is None else _mood(toward),
        "corrected": corrected,
        "songs": [_song(**each) for each in songs],
    }


def _song(artist: object, title: object, url: object, at: object) -> dict[str, object]:
    if not isinstance(artist, str) or not isinstance(title, str):
        raise TypeError("not a name")
    if url is not None and not (isinstance(url, str) and url.startswith("https://")):
        raise ValueError("not an address")
    return {"artist": artist, "title": title, "url": url, "at": _time(at)}


def _time(at: object) -> float:
    if isinstance(at, bool) or not isinstance(at, int | float) or not 0 <= at < 1e11:
        raise ValueError("not a time")
    return float(at)


def _mood(name: object) -> str:
    return Mood(str(name)).value


def _path() -> Path:
    return home() / "history.json"


def _damaged() -> Path:
    return home() / "history.json.damaged"
