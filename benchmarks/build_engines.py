"""Benchmark of the catalog engines: songs per second with one and two workers.

    python benchmarks/build_engines.py lyrics.parquet [--songs 40000] [--runs 3]

The first songs of the tables are copied into four Parquet files. Each engine reads,
scores and writes them in turn. `start` is the time until the first batch is done, in
seconds; the rate covers the songs after it. Medians of the runs.
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

from musicalface.lyrics.table_reader import SongRow, read_songs
from musicalface.songs.catalog_build import build_catalog
from musicalface.songs.ray_engine import score_with_ray

FILES = 4
Progress = Callable[[int, float], None]
Engine = Callable[[list[Path], Path, int, Progress], object]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("tables", nargs="+", type=Path)
    options.add_argument("--songs", type=int, default=40_000)
    options.add_argument("--runs", type=int, default=3)
    arguments = options.parse_args()
    rows = [row for table in arguments.tables for row in read_songs(table)][: arguments.songs]
    print(f"{'engine':<8}{'workers':>8}{'start':>8}{'total':>8} s{'songs/second':>16}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tables = write_tables(rows, folder)
        for workers in (1, 2):
            for engine, run in ENGINES.items():
                times = [measure(run, tables, folder, workers) for _ in range(arguments.runs)]
                start, total, rate = map(statistics.median, zip(*times, strict=True))
                print(
                    f"{engine:<8}{workers:>8}{start:>8.1f}{total:>8.1f}{rate:>18,.0f}", flush=True
                )


def local(tables: list[Path], out: Path, workers: int, progress: Progress) -> None:
    build_catalog(tables, out, workers=workers, progress=progress)


def ray(tables: list[Path], out: Path, workers: int, progress: Progress) -> None:
    score_with_ray(tables, out, workers=workers, progress=progress)


ENGINES: dict[str, Engine] = {"local": local, "ray": ray}


def measure(
    run: Engine, tables: list[Path], folder: Path, workers: int
) -> tuple[float, float, float]:
    """Returns seconds until the first batch, seconds in total, and songs/second after the first."""
    steps: list[tuple[float, int]] = []

    def progress(more: int, _share: float) -> None:
        if more:
            steps.append((time.perf_counter() - started, more))

    started = time.perf_counter()
    run(tables, folder / f"out{time.time_ns()}", workers, progress)
    total = time.perf_counter() - started
    first, last = steps[0][0], steps[-1][0]
    return first, total, sum(more for _, more in steps[1:]) / max(last - first, 1e-9)


def write_tables(rows: list[SongRow], folder: Path) -> list[Path]:
    size = -(-len(rows) // FILES)
    remaining = iter(rows)
    paths = [folder / f"songs{number}.parquet" for number in range(FILES)]
    for path in paths:
        part = list(islice(remaining, size))
        columns = {name: [getattr(row, name) for row in part] for name in COLUMNS}
        pyarrow.parquet.write_table(pyarrow.table(columns), path)
    return paths


COLUMNS = ("artist", "title", "lyrics")


if __name__ == "__main__":
    main()
