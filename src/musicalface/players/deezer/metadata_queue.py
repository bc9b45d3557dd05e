"""Facts of several songs at once, looked up in the background."""

import time
from collections.abc import Sequence
from concurrent.futures import Future, wait
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from ...errors import DeezerError
from ...songs.song import Song
from .deezer_errors import SONG_PROBLEMS, Problem
from .deezer_player import DeezerPlayer
from .track_cache import cache_key
from .tracks import Facts

WORKERS = 4
"""Look-ups at the same time."""

MAX_WAITING = 200
"""Songs that wait for a worker; further ones are not looked up."""

PAUSE = 10.0
"""Seconds without look-ups after Deezer could not be reached."""

_SINGLE = {*SONG_PROBLEMS, Problem.OFF}  # the next song can succeed at once

Outcome = Facts | DeezerError | None
"""The facts of a song, the reason for their absence, or None while it is looked up."""


class BackgroundFacts:
    """Looks up songs in the order in which they are asked for; thread-safe."""

    def __init__(self, player: DeezerPlayer) -> None:
        self._player = player
        self._waiting: SimpleQueue[tuple[str, Song]] = SimpleQueue()
        self._found: dict[str, Future[Facts]] = {}
        self._workers = 0
        self._lock = Lock()
        self._error: DeezerError | None = None
        self._error_until = 0.0

    def outcomes(self, songs: Sequence[Song], seconds: float) -> list[Outcome]:
        """What is known of each song after at most `seconds`; look-ups continue afterwards."""
        keys = [cache_key(song) for song in songs]
        futures = [self._future(key, song) for key, song in zip(keys, songs, strict=True)]
        wait([future for future in futures if future], timeout=seconds)
        outcomes = [_outcome(future) for future in futures]
        with self._lock:  # the next call asks the cache, or Deezer
            for key, outcome in zip(keys, outcomes, strict=True):
                if outcome is not None:
                    self._found.pop(key, None)
        return outcomes

    def _future(self, key: str, song: Song) -> "Future[Facts] | None":
        with self._lock:
            if len(self._found) >= MAX_WAITING:
                self._forget_done()
            if key not in self._found and len(self._found) < MAX_WAITING:
                self._found[key] = Future()
                self._waiting.put((key, song))
                self._start_worker()
            return self._found.get(key)

    def _forget_done(self) -> None:
        """Forgets outcomes that nobody has asked for."""
        self._found = {key: future for key, future in self._found.items() if not future.done()}

    def _start_worker(self) -> None:
        if self._workers < WORKERS:
            self._workers += 1
            Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            with self._lock:
                try:
                    key, song = self._waiting.get_nowait()
                except Empty:
                    self._workers -= 1
                    return
                future = self._found[key]
            self._look_up(song, future)

    def _look_up(self, song: Song, future: "Future[Facts]") -> None:
        try:
            if self._error and time.monotonic() < self._error_until:
                raise self._error
            future.set_result(self._player.facts(song))
        except BaseException as error:
            if isinstance(error, DeezerError) and Problem[error.problem] not in _SINGLE:
                self._error, self._error_until = error, time.monotonic() + PAUSE
            future.set_exception(error)


def _outcome(future: "Future[Facts] | None") -> Outcome:
    if future is None or not future.done():
        return None
    try:
        return future.result()
    except DeezerError as error:
        return error
