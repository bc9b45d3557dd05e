"""Single flight: threads that look up the same key share one look-up and its result."""

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Generic, TypeVar

from .deezer_errors import Problem, deezer_error

Result = TypeVar("Result")


class SingleFlight(Generic[Result]):
    """Runs each look-up in a separate thread, so that a caller's timeout always applies.

    Name resolution can take minutes, and httpx's timeouts do not cover it.
    """

    def __init__(self) -> None:
        self._running: dict[Hashable, Future[Result]] = {}
        self._lock = Lock()

    def run(self, key: Hashable, work: Callable[[], Result], seconds: float) -> Result:
        """Returns or raises what `work` does; raises DeezerError after `seconds`."""
        future = self._join(key, work)
        try:
            return future.result(seconds)
        except TimeoutError:
            if future.done():  # finished just now
                return future.result()
            self._forget(key, future)  # the next call starts a new look-up
            raise deezer_error(Problem.UNREACHABLE, "the request timed out") from None

    def _join(self, key: Hashable, work: Callable[[], Result]) -> "Future[Result]":
        with self._lock:
            future = self._running.get(key)
            if future is None:
                future = Future()
                Thread(target=self._work, args=(key, work, future), daemon=True).start()
                self._running[key] = future
            return future

    def _work(self, key: Hashable, work: Callable[[], Result], future: "Future[Result]") -> None:
        try:
            result = work()
        except BaseException as error:
            self._forget(key, future)
            future.set_exception(error)
        else:
            self._forget(key, future)
            future.set_result(result)

    def _forget(self, key: Hashable, future: "Future[Result]") -> None:
        with self._lock:
            if self._running.get(key) is future:
                del self._running[key]
