import os
from collections.abc import Callable, Iterator

import pytest

from musicalface.errors import LibraryError
from musicalface.process_pool import MIN_BATCHES, map_in_order


def _doubler() -> Callable[[int], tuple[int, int]]:
    return _double


def _double(number: int) -> tuple[int, int]:
    return 2 * number, os.getpid()


def _dying() -> Callable[[int], None]:
    return _die


def _die(number: int) -> None:
    os._exit(1)


def test_few_batches_run_in_this_process() -> None:
    done = list(
        map_in_order(range(MIN_BATCHES - 1), _doubler, workers=2, worker_error=LibraryError)
    )
    assert done == [(2 * number, os.getpid()) for number in range(MIN_BATCHES - 1)]


def test_many_batches_run_in_processes_in_order() -> None:
    done = list(map_in_order(range(40), _doubler, workers=2, worker_error=LibraryError))
    assert [number for number, _ in done] == list(range(0, 80, 2))
    assert os.getpid() not in {process for _, process in done}


def test_batches_are_consumed_lazily() -> None:
    consumed: list[int] = []

    def batches() -> Iterator[int]:
        for number in range(1000):
            consumed.append(number)
            yield number

    results = map_in_order(batches(), _doubler, workers=2, worker_error=LibraryError)
    next(results)
    assert len(consumed) < 20
    del results


def test_dead_worker_is_reported() -> None:
    with pytest.raises(LibraryError, match="A worker process couldn't start or was killed"):
        list(map_in_order(range(40), _dying, workers=2, worker_error=LibraryError))
