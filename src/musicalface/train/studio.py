"""The training of orpheus as its command asks for it: once for good, or as trials."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from ..evaluate.embeddings import Embeddings
from ..evaluate.surest import Trial
from ..lyrics.read import mood_probabilities
from ..lyrics.tables import tables_in
from ..models import load
from ..models.card import Card
from . import trials
from .fit import use_cores
from .listening import Study, train_orpheus
from .progress import busy
from .songbook import Songbook, read_songbook


class Studio:
    """Sources (tables that count as one voice each), unlabelled lyrics, and how to learn.

    Raises DataError when a table does not fit.
    """

    def __init__(
        self,
        voices: Sequence[Sequence[Path]],
        unlabelled: Sequence[Path],
        embeddings: Path | None,
        *,
        seed: int,
        epochs: int | None,
        cores: int | None,
    ) -> None:
        use_cores(cores)
        with busy("reading the tables"):
            self.book = read_songbook(voices, tables_in(unlabelled))
            known = Embeddings(embeddings) if embeddings else None
        names = [",".join(table.name for table in voice) for voice in voices]
        more = "".join(f" --unlabelled {path.name}" for path in unlabelled)
        more += f" --embeddings {embeddings.name}" if embeddings else ""
        command = "musicalface train lyrics --network orpheus"
        command += "".join(f" --data {name}" for name in names)
        more += f" --epochs {epochs}" if epochs else ""
        command += f"{more} --seed {seed} --out DIR"
        self.study = Study(known, command, ", ".join(names), seed, epochs)

    def train(self, out: Path) -> Card:
        """See `train_orpheus`."""
        return train_orpheus(self.book, self.study, out)

    def by_folds(self, out: Path, folds: int) -> Iterator[Trial]:
        """See `trials.by_folds`."""
        return trials.by_folds(self.book, self._learn, out, folds, self.study.seed)

    def leave_one_source_out(self, out: Path) -> Iterator[Trial]:
        """See `trials.leave_one_source_out`; each model stays in a folder of `out`."""
        return trials.leave_one_source_out(self.book, self._learn, out)

    def _learn(self, book: Songbook, out: Path) -> trials.Reader:
        """What reads is the very file that is left."""
        data = f"{self.study.data} without {out.name.removeprefix('without-')}"
        train_orpheus(book, replace(self.study, data=data), out)
        return partial(mood_probabilities, network=load(str(out / "orpheus.onnx"), "lyrics"))
