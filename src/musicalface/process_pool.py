"""Parallel map over worker processes that keeps the order of the input."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

from .errors import MusicalFaceError
from .models.loader import set_session_threads

Batch = TypeVar("Batch")
Result = TypeVar("Result")

MIN_BATCHES = 4
"""Fewer batches than this are processed without workers."""

_MAX_WORKERS = 61  # Windows limits the handles that a process can wait for
_QUEUED_PER_WORKER = 3  # batches; keeps workers busy and memory bounded


def map_in_order(
    batches: Iterable[Batch],
    make_worker: Callable[[], Callable[[Batch], Result]],
    workers: int | None,
    worker_error: type[MusicalFaceError],
) -> Iterator[Result]:
    """Yields the result of each batch, in order, from `workers` processes of one core each.

    `workers` None means one per core. Each process calls `make_worker`, which must be picklable,
    once. Few batches, or one worker, run in this process. Raises what the worker raises, and
    `worker_error` if a worker process dies.
    """
    count = min(workers or os.cpu_count() or 1, _MAX_WORKERS)
    rest = iter(batches)
    first = list(islice(rest, MIN_BATCHES))
    if count == 1 or len(first) < MIN_BATCHES:
        yield from map(make_worker(), chain(first, rest))
    else:
        yield from _map_in_processes(chain(first, rest), make_worker, count, worker_error)


def _map_in_processes(
    batches: Iterable[Batch],
    make_worker: Callable[[], Callable[[Batch], Result]],
    count: int,
    worker_error: type[MusicalFaceError],
) -> Iterator[Result]:
    pool = ProcessPoolExecutor(count, get_context("spawn"), _init_worker, (make_worker,))
    pending: deque[Future[Result]] = deque()
    try:
        for batch in batches:
            pending.append(pool.submit(_run, batch))
            if len(pending) >= _QUEUED_PER_WORKER * count:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    except BrokenProcessPool:
        raise worker_error(
            "A worker process couldn't start or was killed, perhaps because memory ran out. "
            "Run the same command again to continue, with --workers 1 to use less memory."
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


_work: Callable[[Any], Any]


def _init_worker(make_worker: Callable[[], Callable[[Any], Any]]) -> None:
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process handles Ctrl-C
    Thread(target=_exit_with_parent, daemon=True).start()
    set_session_threads(1)
    _work = make_worker()


def _exit_with_parent() -> None:
    """Ends the worker when its parent is killed."""
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _run(batch: Any) -> Any:
    return _work(batch)
