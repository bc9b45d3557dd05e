"""Play queue of a player page, and the server-sent events that control the page."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Sequence
from threading import Lock
from typing import Any

from ...songs.song import Song

Row = dict[str, Any]
_NO_SONG = 10**9
_KEEPALIVE_INTERVAL = 15.0
"""Seconds between two comments that keep an idle event stream open."""


class PlayQueue:
    """The queue, shared by the player's thread and the server's thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._songs: list[Song] = []
        self._start = 0
        self._subscribers: set[tuple[asyncio.AbstractEventLoop, asyncio.Queue[str]]] = set()

    @property
    def songs(self) -> list[Song]:
        """All songs that were ever added; their numbers do not change."""
        with self._lock:
            return list(self._songs)

    @property
    def start(self) -> int:
        """The number of the first song that the page shows."""
        return self._start

    def replace(self, songs: Sequence[Song]) -> None:
        """Replace the shown songs, and play."""
        with self._lock:
            self._start = len(self._songs)
            self._songs += songs
        self.send("play")

    def append(self, song: Song) -> None:
        """Add a song to the end."""
        with self._lock:
            self._songs.append(song)
        self.send("queue")

    def send(self, command: str) -> None:
        """Send a command to every open page."""
        with self._lock:
            subscribers = list(self._subscribers)
        for loop, queue in subscribers:
            loop.call_soon_threadsafe(queue.put_nowait, command)

    async def events(self) -> AsyncIterator[str]:
        """Yield commands as server-sent events until the page closes."""
        subscriber = asyncio.get_running_loop(), asyncio.Queue[str]()
        with self._lock:
            self._subscribers.add(subscriber)
        try:
            yield "retry: 1000\n\n"
            while True:
                yield await _next_event(subscriber[1])
        finally:
            with self._lock:
                self._subscribers.discard(subscriber)


def song_of_number(queue: PlayQueue, text: str) -> Song | None:
    """The song with a number from the path of a request; None if there is none."""
    songs, number = queue.songs, int(text) if re.fullmatch("[0-9]{1,9}", text) else _NO_SONG
    return songs[number] if number < len(songs) else None


async def _next_event(queue: asyncio.Queue[str]) -> str:
    try:
        command = await asyncio.wait_for(queue.get(), _KEEPALIVE_INTERVAL)
    except TimeoutError:
        return ": still here\n\n"
    return f"data: {json.dumps(command)}\n\n"
