"""Progress on standard error, where it is a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

Step = Callable[[int], None]


@contextmanager
def working(what: str) -> Iterator[None]:
    """A sign of life where the end is not known."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with Progress(
        SpinnerColumn(), TextColumn(what), TimeElapsedColumn(), console=console, transient=True
    ) as bar:
        bar.add_task(what)
        yield


@contextmanager
def counted(what: str, total: int | None = None) -> Iterator[Step]:
    """A bar with how many are done, how many a second and the time left."""
    console = Console(stderr=True)
    columns = [
        TextColumn("{task.completed:,.0f}" if total is None else ""),
        BarColumn(),
        *([MofNCompleteColumn()] if total else []),
        TextColumn(what),
        TextColumn("{task.speed:,.0f} a second"),
        TimeElapsedColumn(),
        *([TextColumn("left"), TimeRemainingColumn()] if total else []),
    ]
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.advance(task, done)
