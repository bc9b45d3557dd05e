"""Ray engine: scores song tables on a Ray cluster, with Ray Data (extra [batch])."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..annotations import read_sources
from ..errors import InputError, MissingExtraError
from ..models import SHIPPED_LYRICS, load
from ..temp_files import held_folder, sweep
from .catalog_build import BATCH, Progress, require_songs, tables_to_read
from .ray_cluster import ray_cluster
from .ray_tasks import Scorer, TableGroups, Tally, read_tables

_PROGRESS_INTERVAL = 0.5  # seconds
SCORER_CORES, OTHER_CORES = 0.5, 0.25
"""Cores that Ray reserves per task. Scorers with whole cores would leave none to the readers."""


def score_with_ray(
    sources: Sequence[Path],
    out: Path,
    *,
    model: str | None = None,
    listeners: TableGroups = (),
    workers: int | None = None,
    address: str | None = None,
    progress: Progress = lambda more, share: None,
) -> Counter[str]:
    """Scores songs on a Ray cluster and writes a folder of Parquet files, in row order.

    The folder is a valid source of `build_catalog`, which turns it into a catalog. See there
    for `sources`, `model`, `listeners` and `progress`.

    `address` is the address of a running cluster with access to the same files; None starts
    one on this machine. `workers` is the number of scorers (None: one per core). Returns the
    number of songs written and of rows left out, by reason. `out` is created only when all
    is done. Raises InputError if `out` exists, DataError if no song was scored,
    MissingExtraError without Ray, CatalogError if the cluster fails, and the errors of
    `read_songs`.
    """
    if not find_spec("ray"):
        raise MissingExtraError("The engine ray", "batch")
    if out.exists():
        raise InputError(f"{out} already exists. Choose another folder, or delete it.")
    tables = tables_to_read(sources, listeners)
    listeners = [[table.resolve() for table in group] for group in listeners]
    read_sources(listeners)
    model = model if model is None or model in SHIPPED_LYRICS else str(Path(model).resolve())
    load(model, "lyrics")
    out = out.resolve()
    sweep(out.parent, out.name)
    with held_folder(out) as temporary:
        with ray_cluster(address) as ray:
            tally = ray.remote(num_cpus=0)(Tally).remote(len(tables))
            rows = _read_rows(ray, tables, tally)
            songs = _score_rows(ray, rows, model, listeners, workers, tally)
            counts = _write_parquet(ray, songs, temporary, tally, progress)
        require_songs(counts)
        temporary.replace(out)
    return counts


def _read_rows(ray: Any, tables: Sequence[Path], tally: Any) -> Any:
    items = [{"table": str(path.resolve()), "number": i} for i, path in enumerate(tables)]
    return ray.data.from_items(items, override_num_blocks=len(items)).map_batches(
        read_tables, batch_size=1, fn_args=(tally,), num_cpus=OTHER_CORES
    )


def _score_rows(
    ray: Any, rows: Any, model: str | None, listeners: TableGroups, workers: int | None, tally: Any
) -> Any:
    cores = ray.cluster_resources().get("CPU", 1)
    # Without cores left for readers and writers, the scorers would wait forever.
    max_scorers = max(1, int((cores - 2 * OTHER_CORES) / SCORER_CORES))
    scorers = min(workers or max(1, int(cores)), max_scorers)
    return rows.map_batches(
        Scorer,
        batch_size=BATCH,
        fn_constructor_args=(model, listeners, tally),
        num_cpus=SCORER_CORES,
        compute=ray.data.ActorPoolStrategy(size=scorers),
    )


def _write_parquet(
    ray: Any, songs: Any, folder: Path, tally: Any, progress: Progress
) -> Counter[str]:
    """Writes in another thread, and reports the progress meanwhile."""
    cores = {"num_cpus": OTHER_CORES}
    rows = 0
    pool = ThreadPoolExecutor(1)
    writing = pool.submit(songs.write_parquet, str(folder), ray_remote_args=cores)
    try:
        while not wait([writing], timeout=_PROGRESS_INTERVAL).done:
            done, share = ray.get(tally.progress.remote())
            progress(done - rows, share)
            rows = done
        writing.result()
    except BaseException:
        ray.shutdown()  # on Ctrl-C this ends the cluster, and so the writing thread
        raise
    finally:
        pool.shutdown(wait=False)
    counts: Counter[str] = ray.get(tally.counts.remote())
    return counts
