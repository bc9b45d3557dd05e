import os
from collections.abc import Callable, Iterator

import pytest

from musicalface.errors import LibraryError
from musicalface.workers import FEW, in_order


def _doubler() -> Callable[[int], tuple[int, int]]:
    return _double


def _double(number: int) -> tuple[int, int]:
    return 2 * number, os.getpid()


def _dying() -> Callable[[int], None]:
    return _die


def _die(number: int) -> None:
    os._exit(1)


def test_few_batches_are_done_in_this_process() -> None:
    done = list(in_order(range(FEW - 1), _doubler, workers=2, died=LibraryError))
    assert done == [(2 * number, os.getpid()) for number in range(FEW - 1)]


def test_many_are_done_by_others_in_their_order() -> None:
    done = list(in_order(range(40), _doubler, workers=2, died=LibraryError))
    assert [number for number, _ in done] == list(range(0, 80, 2))
    assert os.getpid() not in {process for _, process in done}


def test_batches_are_asked_for_only_as_they_are_needed() -> None:
    asked: list[int] = []

    def batches() -> Iterator[int]:
        for number in range(1000):
            asked.append(number)
            yield number

    working = in_order(batches(), _doubler, workers=2, died=LibraryError)
    next(working)
    assert len(asked) < 20
    del working


def test_a_worker_that_dies_is_told() -> None:
    with pytest.raises(LibraryError, match="A worker could not start, or was ended"):
        list(in_order(range(40), _dying, workers=2, died=LibraryError))
