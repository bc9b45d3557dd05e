"""Liked songs: artist and title, in the user's data directory, without any account."""

import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

from ..errors import InputError
from ..identity import clean_name, song_key
from ..private_json import DamagedFileError, PrivateJson

MAX_LIKES = 5000
MAX_BYTES = 5_000_000
"""Limit of a file of likes; 5,000 songs with names of 300 characters fit."""

DAMAGED = (
    "Your liked songs couldn't be read, so the list starts again. The old file is "
    "likes.json.damaged in your data directory."
)
_FULL = f"You have {MAX_LIKES:,} liked songs, which is the most. Remove some first."
_lock = Lock()


@dataclass(frozen=True)
class Like:
    """A liked song. `at` is when it was liked, in seconds since 1970."""

    artist: str
    title: str
    at: float

    @property
    def key(self) -> str:
        """The `song_key`: equal for all spellings of the song."""
        return _key(self.artist, self.title)


def load() -> list[Like]:
    """Returns the liked songs, newest first. Sets a damaged file aside; raises OSError."""
    try:
        return _FILE.read_or_set_aside() or []
    except DamagedFileError:
        return []


def liked_keys() -> frozenset[str]:
    """Returns the keys of the liked songs; none if the file can't be read."""
    try:
        return frozenset(like.key for like in load())
    except OSError:
        return frozenset()


def add(likes: Iterable[Like]) -> list[Like]:
    """Adds songs and returns all. Raises InputError if they are too many; raises OSError."""
    with _lock:
        every = {like.key: like for like in [*load(), *likes]}
        if len(every) > MAX_LIKES:
            raise InputError(_FULL)
        return _store(every.values())


def remove(names: Iterable[tuple[str, str]]) -> list[Like]:
    """Removes songs, given by artist and title, and returns the others. Raises OSError."""
    keys = {_key(artist, title) for artist, title in names}
    with _lock:
        return _store(like for like in load() if like.key not in keys)


def clear() -> None:
    """Deletes all likes, also those of a damaged file. Raises OSError."""
    with _lock:
        _FILE.delete()


def problem() -> str:
    """Returns a sentence about a damaged file that was set aside, or an empty text."""
    return DAMAGED if _FILE.damaged.exists() else ""


def new_like(artist: str, title: str, at: object = None) -> Like:
    """Returns a like of cleaned names. A time that is none, or lies ahead, becomes the present.

    Raises InputError if a name is empty.
    """
    now = time.time()
    is_past = isinstance(at, int | float) and not isinstance(at, bool) and 0 <= at <= now
    like = Like(clean_name(artist), clean_name(title), float(at) if is_past else now)  # type: ignore[arg-type]
    if not like.artist or not like.title:
        raise InputError("A song needs an artist and a title.")
    return like


def likes_document(likes: Iterable[Like]) -> dict[str, Any]:
    """Returns likes as the document that `parse_likes` reads."""
    return {"likes": [asdict(like) for like in likes]}


def parse_likes(document: Any) -> list[Like]:
    """Returns the likes of decoded JSON, newest first; for `PrivateJson` and `parse_json`."""
    entries = document["likes"]
    if not isinstance(entries, list) or len(entries) > MAX_LIKES:
        raise ValueError("not a list of likes")
    return sorted(map(_like_of, entries), key=lambda like: -like.at)


def _like_of(entry: Any) -> Like:
    artist, title = entry["artist"], entry["title"]
    if not isinstance(artist, str) or not isinstance(title, str):
        raise TypeError("not a name")
    return new_like(artist, title, entry.get("at"))


def _store(likes: Iterable[Like]) -> list[Like]:
    ordered = sorted(likes, key=lambda like: -like.at)
    _FILE.write(likes_document(ordered))
    return ordered


@lru_cache(maxsize=2 * MAX_LIKES)
def _key(artist: str, title: str) -> str:
    return song_key(artist, title)


_FILE = PrivateJson("likes.json", MAX_BYTES, parse_likes)
