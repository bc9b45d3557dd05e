"""Work on all cores, in the order in which it comes."""

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
from .models.loader import use_cores

Batch = TypeVar("Batch")
Result = TypeVar("Result")

FEW = 4
"""Batches that are not worth a worker."""

_MOST = 61  # as many as Windows lets a process wait for
_WAITING = 3  # batches a worker, so that none waits and memory stays flat


def in_order(
    batches: Iterable[Batch],
    make: Callable[[], Callable[[Batch], Result]],
    workers: int | None,
    died: type[MusicalFaceError],
) -> Iterator[Result]:
    """What comes of each batch, in `workers` processes (None: one a core), each on one core.

    Each process calls `make` once for what does the work; it must be picklable. Few
    batches, or one worker, are done in this process. Raises what the work raises, and
    `died` when a worker dies.
    """
    count = min(workers or os.cpu_count() or 1, _MOST)
    rest = iter(batches)
    first = list(islice(rest, FEW))
    if count == 1 or len(first) < FEW:
        yield from map(make(), chain(first, rest))
    else:
        yield from _by_workers(chain(first, rest), make, count, died)


def _by_workers(
    batches: Iterable[Batch],
    make: Callable[[], Callable[[Batch], Result]],
    count: int,
    died: type[MusicalFaceError],
) -> Iterator[Result]:
    pool = ProcessPoolExecutor(count, get_context("spawn"), _start, (make,))
    under_way: deque[Future[Result]] = deque()
    try:
        for batch in batches:
            under_way.append(pool.submit(_do, batch))
            if len(under_way) >= _WAITING * count:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except BrokenProcessPool:
        raise died(
            "A worker could not start, or was ended from outside, perhaps for want of memory: "
            "the same command goes on where it was; one worker needs the least."
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


_work: Callable[[Any], Any]


def _start(make: Callable[[], Callable[[Any], Any]]) -> None:
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked
    Thread(target=_end_with_parent, daemon=True).start()
    use_cores(1)
    _work = make()


def _end_with_parent() -> None:
    """A worker whose parent was killed must not stay behind."""
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _do(batch: Any) -> Any:
    return _work(batch)
