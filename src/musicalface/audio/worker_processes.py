"""Worker processes: a task may crash, hang or run out of memory without other effects."""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from enum import Enum
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from ..models.loader import set_session_threads

Task = TypeVar("Task")
Result = TypeVar("Result")
Make = Callable[[], Callable[[Task], Result]]

MEMORY = 2_000_000_000
"""Bytes that a worker may allocate; with an open model it needs a fifth of that."""
_START_TIMEOUT = 120.0  # seconds
_LOW_PRIORITY = 15  # nice value
_context = get_context("spawn")


class Lost(Enum):
    """The reason why a task has no result."""

    CRASHED = "crashed"
    LATE = "late"


def in_workers(
    tasks: Iterable[Task],
    make: Make[Task, Result],
    count: int,
    timeout: float,
    *,
    low_priority: bool = False,
) -> Iterator[tuple[Task, Result | Lost]]:
    """Yields each task with its result, in order, from `count` processes on one core each.

    Each process calls `make`, which must be picklable, once; the function that it returns handles
    the tasks. A task whose process dies, or that takes longer than `timeout` seconds, is `Lost`;
    a new process handles the next. Raises what `make` or the function raises.
    """
    serve = partial(_serve, make, low_priority)
    workers: list[_Worker[Task, Result]] = [_Worker(serve, timeout) for _ in range(count)]
    idle: SimpleQueue[_Worker[Task, Result]] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def do(task: Task) -> tuple[Task, Result | Lost]:
        worker = idle.get()
        try:
            return task, worker.do(task)
        finally:
            idle.put(worker)

    pool = ThreadPoolExecutor(count)
    pending: deque[Future[tuple[Task, Result | Lost]]] = deque()
    try:
        for task in tasks:
            pending.append(pool.submit(do, task))
            if len(pending) > 2 * count:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.stop()
        pool.shutdown()
        for worker in workers:
            worker.end()


class _Worker(Generic[Task, Result]):
    """A process that starts with its first task, and again after it has died."""

    def __init__(self, serve: Callable[["Connection[Any, Any]"], None], timeout: float) -> None:
        self._serve, self._timeout = serve, timeout
        self._process: BaseProcess | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._stopped = False

    def do(self, task: Task) -> Result | Lost:
        """Sends a task to the process and waits for its result."""
        if self._stopped:
            return Lost.CRASHED
        try:
            pipe = self._pipe or self._start()
            pipe.send(task)
            if pipe.poll(self._timeout):
                result: Result = _receive(pipe)
                return result
        except (EOFError, OSError):
            self.end()
            return Lost.CRASHED
        self.end()
        return Lost.LATE

    def stop(self) -> None:
        """Kills the process; a thread that waits for its result returns."""
        self._stopped = True
        if self._process:
            self._process.kill()

    def end(self) -> None:
        """Kills the process, if there is one, and waits until it has ended."""
        if self._process:
            self._process.kill()
            self._process.join()
        if self._pipe:
            self._pipe.close()
        self._process = self._pipe = None

    def _start(self) -> "Connection[Any, Any]":
        pipe, theirs = _context.Pipe()
        self._pipe = pipe
        self._process = _context.Process(target=self._serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        if not pipe.poll(_START_TIMEOUT):
            raise EOFError
        _receive(pipe)
        return pipe


def _receive(pipe: "Connection[Any, Any]") -> Any:
    result, error = pipe.recv()
    if error is not None:
        raise error
    return result


def _serve(make: Make[Any, Any], low_priority: bool, pipe: "Connection[Any, Any]") -> None:
    """The main function of a worker process: handles tasks until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process handles Ctrl-C
    if low_priority and hasattr(os, "nice"):
        os.nice(_LOW_PRIORITY)
    _limit_memory()
    set_session_threads(1)
    work: Callable[[Any], Any] | None = None
    try:
        work = make()
        pipe.send((None, None))
        while True:
            pipe.send((work(pipe.recv()), None))
    except (EOFError, BrokenPipeError):
        pass  # the parent process has ended
    except Exception as error:
        pipe.send((None, error))


def _limit_memory() -> None:
    if sys.platform == "linux":  # other systems ignore the limit
        import resource

        _, maximum = resource.getrlimit(resource.RLIMIT_DATA)
        limit = MEMORY if maximum == resource.RLIM_INFINITY else min(MEMORY, maximum)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, maximum))
