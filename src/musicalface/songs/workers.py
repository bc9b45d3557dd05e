"""Scoring on all cores, in the order of the rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from ..errors import CatalogError
from ..listeners import Verdicts
from ..lyrics.tables import SongRow
from ..models import load
from ..workers import in_order
from .score import NOTHING_HEARD, Scored, scored

Batch = Sequence[SongRow]


def scored_in_order(
    batches: Iterable[Batch],
    model: str | None,
    verdicts: Verdicts = NOTHING_HEARD,
    workers: int | None = None,
) -> Iterator[Scored]:
    """Score batches in `workers` processes (None: one a core; see `in_order`).

    Raises what `scored` raises, and CatalogError when a worker dies.
    """
    return in_order(batches, partial(_scorer, model, verdicts), workers, died=CatalogError)


def _scorer(model: str | None, verdicts: Verdicts) -> Callable[[Batch], Scored]:
    return partial(scored, network=load(model, "lyrics"), verdicts=verdicts)
