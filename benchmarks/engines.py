"""Songs a second of both engines, at one worker and at two.

    python benchmarks/engines.py lyrics.parquet [--songs 40000] [--runs 3]

The first so many songs of the tables are copied into four parquet files, which
each engine reads, scores and writes, in turn. `start` is the seconds until the
first batch is done; the rate is of the songs after it. Medians of the runs.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pyarrow
import pyarrow.parquet

from musicalface.lyrics.tables import SongRow, read_songs
from musicalface.songs.build import build_catalog
from musicalface.songs.by_ray import score_by_ray

FILES = 4
Progress = Callable[[int, float], None]
Engine = Callable[[list[Path], Path, int, Progress], object]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("tables", nargs="+", type=Path)
    options.add_argument("--songs", type=int, default=40_000)
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    rows = [row for table in given.tables for row in read_songs(table)][: given.songs]
    print(f"{'engine':<8}{'workers':>8}{'start':>8}{'whole':>8} s{'songs a second':>16}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tables = list(written(rows, folder))
        for workers in (1, 2):
            for engine, run in ENGINES.items():
                times = [timed(run, tables, folder, workers) for _ in range(given.runs)]
                start, whole, rate = map(statistics.median, zip(*times, strict=True))
                print(
                    f"{engine:<8}{workers:>8}{start:>8.1f}{whole:>8.1f}{rate:>18,.0f}", flush=True
                )


def local(tables: list[Path], out: Path, workers: int, progress: Progress) -> None:
    build_catalog(tables, out, workers=workers, progress=progress)


def ray(tables: list[Path], out: Path, workers: int, progress: Progress) -> None:
    score_by_ray(tables, out, workers=workers, progress=progress)


ENGINES: dict[str, Engine] = {"local": local, "ray": ray}


def timed(
    run: Engine, tables: list[Path], folder: Path, workers: int
) -> tuple[float, float, float]:
    """Seconds until the first batch and in all, and songs a second after the first batch."""
    seen: list[tuple[float, int]] = []

    def progress(more: int, _share: float) -> None:
        if more:
            seen.append((time.perf_counter() - started, more))

    started = time.perf_counter()
    run(tables, folder / f"out{time.time_ns()}", workers, progress)
    whole = time.perf_counter() - started
    first, last = seen[0][0], seen[-1][0]
    return first, whole, sum(more for _, more in seen[1:]) / max(last - first, 1e-9)


def written(rows: list[SongRow], folder: Path) -> list[Path]:
    size = -(-len(rows) // FILES)
    remaining = iter(rows)
    paths = [folder / f"songs{number}.parquet" for number in range(FILES)]
    for path in paths:
        some = list(islice(remaining, size))
        columns = {name: [getattr(row, name) for row in some] for name in COLUMNS}
        pyarrow.parquet.write_table(pyarrow.table(columns), path)
    return paths


COLUMNS = ("artist", "title", "lyrics")


if __name__ == "__main__":
    main()
