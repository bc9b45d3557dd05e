"""What a person sees of a training: a bar with the time left, and a line an epoch."""

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

    from .recipe import Epoch


def reading(data: Path) -> AbstractContextManager[object]:
    """A sign of life while data are read."""
    return busy(f"reading {data.name}")


def busy(what: str) -> AbstractContextManager[object]:
    """A sign of life while something is done that takes seconds."""
    console = Console(stderr=True)
    return console.status(what) if console.is_terminal else nullcontext()


class Progress:
    """A context manager around a training; prints to standard error."""

    def __init__(self) -> None:
        self.console = Console(stderr=True)
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("steps"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(elapsed_when_finished=False),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self._task = self._bar.add_task("training", total=None)

    def begin(self, steps: int, done: int) -> None:
        """Say how many steps there are in all, and how many an earlier run has done."""
        self._bar.update(self._task, total=steps, completed=done)

    def step(self) -> None:
        """One batch is learnt."""
        self._bar.advance(self._task)

    def say(self, line: str) -> None:
        """A line above the bar."""
        self.console.print(line, highlight=False)

    def epoch(self, epoch: "Epoch", of: int) -> None:
        """One epoch is done and saved."""
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
