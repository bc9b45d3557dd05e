"""Parallel scoring: scores batches in worker processes, in row order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from ..annotations import ListenerEvidence
from ..errors import CatalogError
from ..lyrics.table_reader import SongRow
from ..models import load
from ..process_pool import map_in_order
from .mood_scoring import NO_EVIDENCE, ScoredBatch, score_rows

Batch = Sequence[SongRow]


def score_in_parallel(
    batches: Iterable[Batch],
    model: str | None,
    evidence: ListenerEvidence = NO_EVIDENCE,
    workers: int | None = None,
) -> Iterator[ScoredBatch]:
    """Scores batches in `workers` processes (None: one per core; see `map_in_order`).

    Raises the errors of `score_rows`, and CatalogError if a worker process dies.
    """
    return map_in_order(
        batches, partial(_scorer, model, evidence), workers, worker_error=CatalogError
    )


def _scorer(model: str | None, evidence: ListenerEvidence) -> Callable[[Batch], ScoredBatch]:
    return partial(score_rows, network=load(model, "lyrics"), evidence=evidence)
