"""Scoring past one machine: the same rows and the same model, on Ray Data (extra [batch])."""

import logging
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from itertools import islice
from math import isnan
from pathlib import Path
from typing import Any
from uuid import uuid4

from ..errors import CatalogError, InputError, MissingExtraError, MusicalFaceError
from ..listeners import heard, read_sources
from ..lyrics.tables import SongRow, read_songs
from ..models import SHIPPED_LYRICS, load
from ..models.loader import use_cores
from ..mood import MOODS, MoodScores
from .build import BATCH, NEEDED, Progress, tables_to_read
from .export import as_table
from .score import scored

_TELL_EVERY = 0.5  # seconds
SCORER_CORES, OTHER_CORES = 0.5, 0.25
"""By Ray's accounting: scorers that asked for whole cores would leave none to the readers."""

Voices = Sequence[Sequence[Path]]
Columns = dict[str, list[Any]]
_TOLD = ("artist", "title", "lyrics", "spotify_id", "evidence")


def score_by_ray(
    sources: Sequence[Path],
    out: Path,
    *,
    model: str | None = None,
    listeners: Voices = (),
    workers: int | None = None,
    address: str | None = None,
    progress: Progress = lambda more, share: None,
) -> Counter[str]:
    """Score songs on a Ray cluster and write a folder of parquet files, in the order of the rows.

    The folder is a source of `build_catalog`, which makes it a catalog that can be played.
    For `sources`, `model`, `listeners` and `progress` see there.

    `address` is of a running cluster, which must see the same files; None starts one
    on this machine. `workers` is how many scorers there are (None: one a core).
    Returns how many songs were written and how many rows left out, by reason. `out`
    appears when all is done. Raises InputError when it is there already,
    MissingExtraError without Ray, CatalogError when the cluster fails, and what
    `read_songs` raises.
    """
    if not find_spec("ray"):
        raise MissingExtraError("The engine ray", "batch")
    if out.exists():
        raise InputError(f"{out} is there already: name another folder, or delete it.")
    tables = tables_to_read(sources, listeners)
    listeners = [[table.resolve() for table in voice] for voice in listeners]
    read_sources(listeners)
    model = model if model is None or model in SHIPPED_LYRICS else str(Path(model).resolve())
    load(model, "lyrics")
    aside = out.resolve().with_name(f".{out.name}.{uuid4().hex}.building")
    try:
        with _cluster(address) as ray:
            tally = ray.remote(num_cpus=0)(Tally).remote(len(tables))
            rows = _rows_of(ray, tables, tally)
            songs = _songs_of(ray, rows, model, listeners, workers, tally)
            told = _written(ray, songs, aside, tally, progress)
        aside.replace(out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return told


def _rows_of(ray: Any, tables: Sequence[Path], tally: Any) -> Any:
    named = [{"table": str(table.resolve()), "at": at} for at, table in enumerate(tables)]
    return ray.data.from_items(named, override_num_blocks=len(named)).map_batches(
        _read, batch_size=1, fn_args=(tally,), num_cpus=OTHER_CORES
    )


def _songs_of(
    ray: Any, rows: Any, model: str | None, listeners: Voices, workers: int | None, tally: Any
) -> Any:
    cores = ray.cluster_resources().get("CPU", 1)
    # Readers and writers need their share, or scorers wait for them for ever.
    most = max(1, int((cores - 2 * OTHER_CORES) / SCORER_CORES))
    scorers = min(workers or max(1, int(cores)), most)
    return rows.map_batches(
        _Scorer,
        batch_size=BATCH,
        fn_constructor_args=(model, listeners, tally),
        num_cpus=SCORER_CORES,
        compute=ray.data.ActorPoolStrategy(size=scorers),
    )


def _written(ray: Any, songs: Any, folder: Path, tally: Any, progress: Progress) -> Counter[str]:
    """Write in another thread, and tell how far it is."""
    cores = {"num_cpus": OTHER_CORES}
    rows = 0
    pool = ThreadPoolExecutor(1)
    writing = pool.submit(songs.write_parquet, str(folder), ray_remote_args=cores)
    try:
        while not wait([writing], timeout=_TELL_EVERY).done:
            done, share = ray.get(tally.progress.remote())
            progress(done - rows, share)
            rows = done
        writing.result()
    except BaseException:
        ray.shutdown()  # Ctrl-C ends the cluster, and with it the thread that waits for it
        raise
    finally:
        pool.shutdown(wait=False)
    told: Counter[str] = ray.get(tally.told.remote())
    return told


@contextmanager
def _cluster(address: str | None) -> Iterator[Any]:
    """Ray, connected; nothing is told to its makers. A cluster that was started here is ended."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    import ray
    import ray.data

    try:
        ray.init(address=address or "local", include_dashboard=False, log_to_driver=False)
        _quiet(ray.data.DataContext.get_current())
        yield ray
    except (ray.exceptions.RayError, ConnectionError, RuntimeError, ValueError) as error:
        raise _ours(error) from None
    finally:
        ray.shutdown()


def _quiet(context: Any) -> None:
    """Rows in their order; progress is told by us."""
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)


def _ours(error: BaseException) -> MusicalFaceError:
    """What our own code raised inside the cluster, or that the cluster failed."""
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, MusicalFaceError):
            return cause
        cause = getattr(cause, "cause", None) or cause.__cause__
    reason = str(error).strip().splitlines()[-1:] or [type(error).__name__]
    return CatalogError(f"Ray could not score the tables ({reason[0].strip()}).")


def _read(batch: Columns, tally: Any) -> Iterator[Columns]:
    for table, at in zip(batch["table"], batch["at"], strict=True):
        rows = read_songs(
            Path(table), NEEDED, partial(tally.read.remote, int(at)), moods_count=False
        )
        while some := list(islice(rows, BATCH)):
            yield {name: [getattr(row, name) for row in some] for name in _TOLD} | {
                mood.value: [getattr(row.moods, mood, None) for row in some] for mood in MOODS
            }


def _rows(batch: Columns) -> list[SongRow]:
    told = zip(*(batch[name] for name in _TOLD), strict=True)
    moods = zip(*(batch[mood.value] for mood in MOODS), strict=True)
    return [
        SongRow(**dict(zip(_TOLD, facts, strict=True)), moods=_moods(shares))
        for facts, shares in zip(told, moods, strict=True)
    ]


def _moods(shares: Sequence[float | None]) -> MoodScores | None:
    known = [share for share in shares if share is not None and not isnan(share)]
    return MoodScores.of(known) if len(known) == len(MOODS) else None


class _Scorer:
    """An actor that holds the model."""

    def __init__(self, model: str | None, listeners: Voices, tally: Any) -> None:
        use_cores(1)
        self._network, self._tally = load(model, "lyrics"), tally
        self._verdicts = heard(read_sources(listeners))

    def __call__(self, batch: Columns) -> Any:
        done = scored(_rows(batch), self._network, self._verdicts)
        self._tally.add.remote(Counter({"added": len(done.songs)}) + done.told)
        return as_table(done.songs)


class Tally:
    """An actor that counts what became of the rows."""

    def __init__(self, tables: int) -> None:
        self._told: Counter[str] = Counter()
        self._shares = [0.0] * tables

    def read(self, at: int, share: float) -> None:
        """So much of one table is read, 0 to 1."""
        self._shares[at] = share

    def add(self, told: Counter[str]) -> None:
        """Rows became songs, or were left out."""
        self._told += told

    def told(self) -> Counter[str]:
        """How many rows became what."""
        return self._told

    def progress(self) -> tuple[int, float]:
        """Rows that are done, and the share of all tables that is read."""
        return self._told.total(), sum(self._shares) / len(self._shares)
