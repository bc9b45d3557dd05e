"""Scoring on all cores, in the order of the rows."""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from threading import Thread

from ..errors import CatalogError
from ..listeners import Verdicts
from ..lyrics.tables import SongRow
from ..models import Model, load
from ..models.loader import use_cores
from .score import NOTHING_HEARD, Scored, scored

_MOST = 61  # as many as Windows lets a process wait for
FEW = 4
"""Batches that are not worth a worker."""

_WAITING = 3  # batches a worker, so that none waits and memory stays flat
Batch = Sequence[SongRow]


def scored_in_order(
    batches: Iterable[Batch],
    model: str | None,
    verdicts: Verdicts = NOTHING_HEARD,
    workers: int | None = None,
) -> Iterator[Scored]:
    """Score batches in `workers` processes (None: one a core), each on one core.

    Few batches, or one worker, are scored in this process. Raises what `scored`
    raises, and CatalogError when a worker dies.
    """
    count = min(workers or os.cpu_count() or 1, _MOST)
    rest = iter(batches)
    first = list(islice(rest, FEW))
    if count == 1 or len(first) < FEW:
        network = load(model, "lyrics")
        yield from (scored(batch, network, verdicts) for batch in chain(first, rest))
    else:
        yield from _by_workers(chain(first, rest), model, verdicts, count)


def _by_workers(
    batches: Iterator[Batch], model: str | None, verdicts: Verdicts, count: int
) -> Iterator[Scored]:
    pool = ProcessPoolExecutor(count, get_context("spawn"), _start, (model, verdicts))
    under_way: deque[Future[Scored]] = deque()
    try:
        for batch in batches:
            under_way.append(pool.submit(_score, batch))
            if len(under_way) >= _WAITING * count:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except BrokenProcessPool:
        raise CatalogError(
            "A worker could not start, or was ended from outside, perhaps for want of memory: "
            "the same command goes on where it was; one worker needs the least."
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


_ready: tuple[Model, Verdicts]


def _start(model: str | None, verdicts: Verdicts) -> None:
    global _ready
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked
    Thread(target=_end_with_parent, daemon=True).start()
    use_cores(1)
    _ready = load(model, "lyrics"), verdicts


def _end_with_parent() -> None:
    """A worker whose parent was killed must not stay behind."""
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _score(batch: Batch) -> Scored:
    return scored(batch, *_ready)
