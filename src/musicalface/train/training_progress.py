"""Training progress on the terminal: a bar with the remaining time, and a line per epoch."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import (
    Progress as Bar,
)

if TYPE_CHECKING:
    from types import TracebackType

    from .config import Epoch


def reading_spinner(data: Path) -> AbstractContextManager[object]:
    """A spinner while data is read."""
    return spinner(f"reading {data.name}")


def spinner(what: str) -> AbstractContextManager[object]:
    """A spinner during a task of several seconds; none if standard error is no terminal."""
    console = Console(stderr=True)
    return console.status(what) if console.is_terminal else nullcontext()


class Progress:
    """Context manager around a training; prints to standard error."""

    def __init__(self) -> None:
        self.console = Console(stderr=True)
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("examples"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(elapsed_when_finished=False),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self._task = self._bar.add_task("training", total=None)

    def begin(self, total: int, done: int) -> None:
        """Sets the total number of examples, and how many an earlier run has done."""
        self._bar.update(self._task, total=total, completed=done)

    def advance(self, count: int) -> None:
        """Adds to the number of examples done."""
        self._bar.advance(self._task, count)

    def print(self, line: str) -> None:
        """Prints a line above the bar."""
        self.console.print(line, highlight=False)

    def epoch(self, epoch: "Epoch", of: int) -> None:
        """Prints the figures of a finished epoch."""
        self.console.print(
            f"epoch {epoch.number:>3} of {of}   loss {epoch.training_loss:.4f}   "
            f"validation {epoch.validation_loss:.4f}, {epoch.validation_accuracy:.2%}   "
            f"{epoch.seconds:.0f} s",
            highlight=False,
        )

    def __enter__(self) -> "Progress":
        self._bar.__enter__()
        return self

    def __exit__(
        self,
        kind: "type[BaseException] | None",
        error: BaseException | None,
        trace: "TracebackType | None",
    ) -> None:
        self._bar.__exit__(kind, error, trace)
