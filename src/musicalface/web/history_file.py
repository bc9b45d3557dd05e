"""The stored history of moods and heard songs: a private file, only if the user wants one."""

from typing import Any

from ..mood import Mood
from ..private_json import PrivateJson

MAX_BYTES = 8_000_000
MAX_URL = 500
Entry = dict[str, Any]


def load() -> list[Entry]:
    """Returns the stored entries, newest first; none without a file.

    Raises OSError, and DamagedFileError after a damaged file was set aside.
    """
    return _FILE.read_or_set_aside() or []


def save(entries: list[Entry]) -> None:
    """Replaces the file. Raises OSError."""
    _FILE.write({"history": entries})


def delete() -> None:
    """Deletes the file, and a damaged one. Raises OSError."""
    _FILE.delete()


def _entries(document: Any) -> list[Entry]:
    return [_entry(**each) for each in document["history"]]


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


_FILE = PrivateJson("history.json", MAX_BYTES, _entries)
