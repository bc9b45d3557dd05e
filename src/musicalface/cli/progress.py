"""Progress on standard error, where it is a terminal."""

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
"""Told how many more are done, and the share of all the work that is behind, 0 to 1."""


class _Rate(ProgressColumn):
    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what

    def render(self, task: Task) -> Text:
        """How many are done, and how many a second."""
        done: int = task.fields["done"]
        rate = done / task.elapsed if task.elapsed else 0
        return Text(f"{done:,} {self.what}, {rate:,.0f} a second")


@contextmanager
def working(what: str) -> Iterator[None]:
    """A sign of life where the end is not known."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn(what), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        bar.add_task(what)
        yield


@contextmanager
def tallied(what: str) -> Iterator[Callable[[int], None]]:
    """How many are done and how many a second, where the end is not known."""
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
def counted(what: str) -> Iterator[Step]:
    """A bar with how many are done, how many a second and the time left."""
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
