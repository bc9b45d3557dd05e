"""What was played this evening: in memory only, and forgotten on demand."""

import time
from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

_MOST = 500


@dataclass
class Evening:
    """Moods and songs, the latest first; `began` is in seconds since 1970."""

    began: float = field(default_factory=time.time)
    _entries: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=_MOST))
    _lock: Lock = field(default_factory=Lock)

    def add(self, songs: dict[str, Any], corrected: bool) -> None:
        """Remember the songs that were chosen, as they were told."""
        told = [
            {name: song[name] for name in ("artist", "title", "url")} for song in songs["songs"]
        ]
        entry = {"at": time.time(), "mood": songs["mood"], "toward": songs["toward"]}
        with self._lock:
            self._entries.appendleft({**entry, "corrected": corrected, "songs": told})

    def told(self) -> list[dict[str, Any]]:
        """All of it."""
        with self._lock:
            return list(self._entries)

    def forget(self) -> None:
        """Nothing was played."""
        with self._lock:
            self._entries.clear()
