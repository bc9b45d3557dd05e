"""Progress bars on standard error; hidden if it isn't a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

Step = Callable[[int, float], None]
"""Callback with the number of items done since the last call, and the share of all work, 0 to 1."""


class _Rate(ProgressColumn):
    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what

    def render(self, task: Task) -> Text:
        """The number of items done, and the rate per second."""
        done: int = task.fields["done"]
        rate = done / task.elapsed if task.elapsed else 0
        return Text(f"{done:,} {self.what}, {rate:,.0f} per second")


@contextmanager
def spinner(what: str) -> Iterator[None]:
    """A spinner for work of unknown length."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn(what), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        bar.add_task(what)
        yield


@contextmanager
def count_display(what: str) -> Iterator[Callable[[int], None]]:
    """A counter with the rate per second, for work of unknown length."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), _Rate(what), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(what, total=None, done=0)

        def step(more: int) -> None:
            bar.update(task, done=bar.tasks[0].fields["done"] + more)

        yield step


@contextmanager
def progress_bar(what: str) -> Iterator[Step]:
    """A progress bar with the count, the rate per second and the time left."""
    console = Console(stderr=True)
    columns = (BarColumn(), TaskProgressColumn(), _Rate(what), TextColumn("left"))
    with Progress(
        *columns,
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task(what, total=1.0, done=0)
        done = 0

        def step(more: int, share: float) -> None:
            nonlocal done
            done += more
            bar.update(task, completed=share, done=done)

        yield step
