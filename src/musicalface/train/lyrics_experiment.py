"""The training of orpheus from the command line: one model, or cross-validation."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from ..evaluate.embeddings import Embeddings
from ..evaluate.precision_at_top import LyricsEvaluation
from ..lyrics.mood_classifier import mood_probabilities
from ..lyrics.table_reader import find_tables
from ..models import load
from ..models.model_card import Card
from . import cross_validation
from .lyrics_corpus import LyricsCorpus, read_corpus
from .lyrics_distillation import DistillationConfig, train_orpheus
from .training_loop import set_torch_threads
from .training_progress import spinner


class LyricsExperiment:
    """Annotation sources (one or more tables each), unlabelled lyrics, and options.

    Raises DataError if a table is invalid.
    """

    def __init__(
        self,
        sources: Sequence[Sequence[Path]],
        unlabelled: Sequence[Path],
        embeddings: Path | None,
        *,
        seed: int,
        epochs: int | None,
        cores: int | None,
    ) -> None:
        set_torch_threads(cores)
        with spinner("reading the tables"):
            self.corpus = read_corpus(sources, find_tables(unlabelled))
            known = Embeddings(embeddings) if embeddings else None
        names = [",".join(table.name for table in group) for group in sources]
        options = "".join(f" --unlabelled {path.name}" for path in unlabelled)
        options += f" --embeddings {embeddings.name}" if embeddings else ""
        command = "musicalface train lyrics --network orpheus"
        command += "".join(f" --data {name}" for name in names)
        options += f" --epochs {epochs}" if epochs else ""
        command += f"{options} --seed {seed} --out DIR"
        self.config = DistillationConfig(known, command, ", ".join(names), seed, epochs)

    def train(self, out: Path) -> Card:
        """See `train_orpheus`."""
        return train_orpheus(self.corpus, self.config, out)

    def by_folds(self, out: Path, folds: int) -> Iterator[LyricsEvaluation]:
        """See `cross_validation.by_folds`."""
        return cross_validation.by_folds(
            self.corpus, self._train_model, out, folds, self.config.seed
        )

    def leave_one_source_out(self, out: Path) -> Iterator[LyricsEvaluation]:
        """See `cross_validation.leave_one_source_out`; keeps each model in a folder of `out`."""
        return cross_validation.leave_one_source_out(self.corpus, self._train_model, out)

    def _train_model(self, corpus: LyricsCorpus, out: Path) -> cross_validation.PredictMoods:
        """Trains a model and predicts with the file that it writes."""
        data = f"{self.config.data} without {out.name.removeprefix('without-')}"
        train_orpheus(corpus, replace(self.config, data=data), out)
        return partial(mood_probabilities, network=load(str(out / "orpheus.onnx"), "lyrics"))
