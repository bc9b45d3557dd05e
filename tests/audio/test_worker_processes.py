import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from musicalface.audio.worker_processes import MEMORY, Lost, in_workers

LONG, PATIENT = 120.0, 60.0


def worker() -> Callable[[object], object]:
    return work


def work(task: object) -> object:
    match task:
        case "crash":
            os.abort()
        case "hang":
            time.sleep(LONG)
        case "memory":
            return len(bytearray(2 * MEMORY))
        case "raise":
            raise ValueError("no such task")
    return task, os.getpid()


def broken() -> Callable[[object], object]:
    raise ValueError("it can't start")


def test_results_come_in_order_and_from_other_processes() -> None:
    done = list(in_workers(range(20), worker, 2, PATIENT))
    assert [task for task, _ in done] == list(range(20))
    processes = {result[1] for _, result in done if isinstance(result, tuple)}
    assert len(processes) <= 2
    assert os.getpid() not in processes


def test_a_crash_costs_one_task() -> None:
    done = dict(in_workers(["a", "crash", "b"], worker, 1, PATIENT))
    assert done["crash"] is Lost.CRASHED
    first, second = done["a"], done["b"]
    assert isinstance(first, tuple)
    assert isinstance(second, tuple)
    assert first[1] != second[1]


def test_a_task_that_hangs_costs_one_task() -> None:
    started = time.monotonic()
    done = dict(in_workers(["hang", "b"], worker, 1, 1.0))
    assert done["hang"] is Lost.LATE
    assert isinstance(done["b"], tuple)
    assert time.monotonic() - started < LONG


@pytest.mark.skipif(os.uname().sysname != "Linux", reason="the limit is kept on Linux only")
def test_memory_is_limited() -> None:
    with pytest.raises(MemoryError):
        list(in_workers(["memory"], worker, 1, PATIENT))


def test_what_the_work_raises_is_raised() -> None:
    with pytest.raises(ValueError, match="no such task"):
        list(in_workers(["a", "raise"], worker, 1, PATIENT))


def test_what_the_start_raises_is_raised() -> None:
    with pytest.raises(ValueError, match="it can't start"):
        list(in_workers(["a"], broken, 1, PATIENT))


def test_no_process_is_left_when_the_caller_stops() -> None:
    working = in_workers(range(1000), worker, 1, PATIENT)
    _, result = next(working)
    assert isinstance(result, tuple)
    working.close()  # type: ignore[attr-defined]
    assert not Path(f"/proc/{result[1]}").exists()


def test_idle_processes_end_with_the_work() -> None:
    done = list(in_workers(range(4), worker, 2, PATIENT))
    processes = {result[1] for _, result in done if isinstance(result, tuple)}
    assert not any(Path(f"/proc/{process}").exists() for process in processes)


def test_tasks_are_read_as_they_are_needed() -> None:
    asked: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(1000):
            asked.append(number)
            yield number

    working = in_workers(tasks(), worker, 1, PATIENT)
    next(working)
    assert len(asked) < 10
    working.close()  # type: ignore[attr-defined]


def niceness() -> Callable[[object], object]:
    return lambda task: os.nice(0)


def test_low_priority() -> None:
    ((_, nice),) = in_workers(["a"], niceness, 1, PATIENT, low_priority=True)
    assert nice == min(os.nice(0) + 15, 19)
