"""History of moods and of songs that were heard: in memory, and in a file if the user wants one."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from .. import stored_settings
from ..errors import InputError
from ..private_json import DamagedFileError
from . import history_file
from .history_file import Entry

MAX_ENTRIES = 500
MAX_SONGS = 2000
"""Limits: the oldest entries and songs go first."""

SAME_MOMENT = 3600.0
"""Seconds within which the same mood continues an entry."""

_DAMAGED = (
    "Your saved history couldn't be read, so it starts again. The old file is "
    "history.json.damaged in your data directory."
)
_UNSAVED = (
    "Your history can't be saved, so it stays in memory until the app closes. Check the "
    "permissions of history.json in your data directory."
)


@dataclass
class SessionHistory:
    """Entries, newest first; safe for several threads. A stored history is read at first use."""

    began: float = field(default_factory=time.time)  # seconds since 1970
    message: str = ""  # what is wrong with the file
    _entries: list[Entry] = field(default_factory=list)
    _is_loaded: bool = False
    _lock: Lock = field(default_factory=Lock)

    def add_mood(self, mood: str, toward: str | None, corrected: bool) -> None:
        """Adds a mood for which songs were chosen; `corrected` if the user picked it.

        The same mood continues the newest entry. An entry of the same mood of which no song was
        heard is replaced: the user has only changed where the songs lead.
        """
        now = time.time()
        self.began = min(self.began, now)  # the clock may have been set back
        with self._changing() as entries:
            newest = entries[0] if entries else None
            if newest and newest["mood"] == mood and _is_near(newest, now):
                if newest["songs"] and (newest["toward"], newest["corrected"]) == (
                    toward,
                    corrected,
                ):
                    return
                if not newest["songs"]:
                    entries.pop(0)
            entries.insert(0, _entry(now, mood, toward, corrected))

    def add_heard(self, song: dict[str, Any], mood: str) -> None:
        """Adds a song (artist, title, url) to the newest entry; without one, to a new one."""
        now = time.time()
        with self._changing() as entries:
            if not entries:
                entries.append(_entry(now, mood, None, False))
            heard = entries[0]["songs"]
            name = (song["artist"], song["title"])
            heard[:] = [each for each in heard if (each["artist"], each["title"]) != name]
            heard.append({**song, "at": now})

    def entries(self) -> list[Entry]:
        """All entries, newest first."""
        with self._lock:
            self._load()
            return [{**entry, "songs": list(entry["songs"])} for entry in self._entries]

    @property
    def oldest(self) -> float:
        """The earliest time of the history, in seconds since 1970."""
        times = [float(entry["at"]) for entry in self.entries()]
        return min([self.began, *times])

    def keep(self, on: bool) -> None:
        """Starts or ends storing; at its end the file is deleted. Raises OSError."""
        with self._lock:
            self._load()
            if on:
                history_file.save(self._entries)
            else:
                history_file.delete()
            self.message = ""

    def forget(self) -> None:
        """Deletes all entries, and the file. Raises OSError."""
        with self._lock:
            self._entries, self._is_loaded, self.message = [], True, ""
            history_file.delete()

    @contextmanager
    def _changing(self) -> Iterator[list[Entry]]:
        """Yields the entries to change; then limits and stores them."""
        with self._lock:
            self._load()
            yield self._entries
            _limit(self._entries)
            if stored_settings.load().history:
                self._save()

    def _load(self) -> None:
        if self._is_loaded or not stored_settings.load().history:
            return
        self._is_loaded = True
        try:
            self._entries += history_file.load()
        except DamagedFileError:
            self.message = _DAMAGED
        except (OSError, InputError):
            self.message = _UNSAVED

    def _save(self) -> None:
        try:
            history_file.save(self._entries)
        except (OSError, InputError):
            self.message = _UNSAVED


def _entry(at: float, mood: str, toward: str | None, corrected: bool) -> Entry:
    return {"at": at, "mood": mood, "toward": toward, "corrected": corrected, "songs": []}


def _is_near(entry: Entry, now: float) -> bool:
    last = float(entry["songs"][-1]["at"] if entry["songs"] else entry["at"])
    return abs(now - last) < SAME_MOMENT


def _limit(entries: list[Entry]) -> None:
    del entries[MAX_ENTRIES:]
    surplus = sum(len(entry["songs"]) for entry in entries) - MAX_SONGS
    for entry in reversed(entries):
        if surplus <= 0:
            return
        removed = entry["songs"][:surplus]
        del entry["songs"][:surplus]
        surplus -= len(removed)
