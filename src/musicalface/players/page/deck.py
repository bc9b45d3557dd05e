"""The songs on a page, and what the page is told while it is open."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from threading import Lock
from typing import Any

from ...songs.song import Song

Row = dict[str, Any]
_STILL_THERE = 15.0
"""Seconds after which a silent line says that it is still there."""


class Deck:
    """Shared by the player, in its thread, and the server, in another."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._songs: list[Song] = []
        self._start = 0
        self._open: set[tuple[asyncio.AbstractEventLoop, asyncio.Queue[str]]] = set()

    @property
    def songs(self) -> list[Song]:
        """All songs that were ever put in, the numbers of which do not change."""
        with self._lock:
            return list(self._songs)

    @property
    def start(self) -> int:
        """The number of the song that the page begins with."""
        return self._start

    def replace(self, songs: Sequence[Song]) -> None:
        """Play these instead of what plays."""
        with self._lock:
            self._start = len(self._songs)
            self._songs += songs
        self.tell("play")

    def append(self, song: Song) -> None:
        """Play this at the end."""
        with self._lock:
            self._songs.append(song)
        self.tell("queue")

    def tell(self, what: str) -> None:
        """Send a word to every open page."""
        with self._lock:
            lines = list(self._open)
        for loop, queue in lines:
            loop.call_soon_threadsafe(queue.put_nowait, what)

    async def words(self) -> AsyncIterator[str]:
        """Server-sent events: the words that are told, for as long as the page is there."""
        line = asyncio.get_running_loop(), asyncio.Queue[str]()
        with self._lock:
            self._open.add(line)
        try:
            yield "retry: 1000\n\n"
            while True:
                yield await _next(line[1])
        finally:
            with self._lock:
                self._open.discard(line)


async def _next(queue: asyncio.Queue[str]) -> str:
    try:
        word = await asyncio.wait_for(queue.get(), _STILL_THERE)
    except TimeoutError:
        return ": still here\n\n"
    return f"data: {json.dumps(word)}\n\n"
