"""Ray tasks: functions and actors that run inside the cluster."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from math import isnan
from pathlib import Path
from typing import Any

from ..annotations import ListenerEvidence, read_sources
from ..lyrics.table_reader import SongRow, read_songs
from ..models import load
from ..models.loader import set_session_threads
from ..mood import MOODS, MoodScores
from .catalog_build import BATCH, REQUIRED_COLUMNS
from .catalog_export import to_arrow_table
from .mood_scoring import score_rows

TableGroups = Sequence[Sequence[Path]]
ColumnBatch = dict[str, list[Any]]
_COLUMNS = ("artist", "title", "lyrics", "spotify_id", "deezer_id", "known", "evidence")


def read_tables(batch: ColumnBatch, tally: Any) -> Iterator[ColumnBatch]:
    """Yields the rows of the tables in batches; `tally` is the actor handle of a Tally."""
    for table, number in zip(batch["table"], batch["number"], strict=True):
        rows = read_songs(
            Path(table),
            REQUIRED_COLUMNS,
            partial(tally.set_share.remote, int(number)),
            read_labels=False,
        )
        while part := list(islice(rows, BATCH)):
            yield {name: [getattr(row, name) for row in part] for name in _COLUMNS} | {
                mood.value: [getattr(row.moods, mood, None) for row in part] for mood in MOODS
            }


def _to_song_rows(batch: ColumnBatch) -> list[SongRow]:
    values = zip(*(batch[name] for name in _COLUMNS), strict=True)
    moods = zip(*(batch[mood.value] for mood in MOODS), strict=True)
    return [
        SongRow(**dict(zip(_COLUMNS, row, strict=True)), moods=_moods(shares))
        for row, shares in zip(values, moods, strict=True)
    ]


def _moods(shares: Sequence[float | None]) -> MoodScores | None:
    known = [share for share in shares if share is not None and not isnan(share)]
    return MoodScores.of(known) if len(known) == len(MOODS) else None


class Scorer:
    """Actor that holds the model and scores batches of rows."""

    def __init__(self, model: str | None, listeners: TableGroups, tally: Any) -> None:
        set_session_threads(1)
        self._network, self._tally = load(model, "lyrics"), tally
        self._evidence = ListenerEvidence.of(read_sources(listeners))

    def __call__(self, batch: ColumnBatch) -> Any:
        """Returns the scored songs of a batch as a pyarrow.Table."""
        scored = score_rows(_to_song_rows(batch), self._network, self._evidence)
        self._tally.add.remote(Counter({"added": len(scored.songs)}) + scored.skipped)
        return to_arrow_table(scored.songs)


class Tally:
    """Actor that counts songs and skipped rows, and tracks the progress."""

    def __init__(self, tables: int) -> None:
        self._counts: Counter[str] = Counter()
        self._shares = [0.0] * tables

    def set_share(self, table: int, share: float) -> None:
        """Sets the share of a table read so far, 0 to 1."""
        self._shares[table] = share

    def add(self, counts: Counter[str]) -> None:
        """Adds the counts of a batch."""
        self._counts += counts

    def counts(self) -> Counter[str]:
        """Returns the number of songs added and of rows left out, by reason."""
        return self._counts

    def progress(self) -> tuple[int, float]:
        """Returns the number of rows done, and the share of all tables read so far, 0 to 1."""
        return self._counts.total(), sum(self._shares) / len(self._shares)
