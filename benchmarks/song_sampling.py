"""Benchmark of song sampling: milliseconds to choose ten songs from catalogs of any size.

    python benchmarks/song_sampling.py [--songs 50000 10000000] [--runs 200]

Generates catalogs with random moods and the indexes of a real catalog; the largest takes
some minutes and two gigabytes of the temporary folder. Reports milliseconds after one
warm-up choice, then the query plans.
"""

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from rich.progress import track

from musicalface.mood import MOODS, Mood, MoodScores
from musicalface.songs import Catalog, Song, catalog_schema, choose_songs, open_catalog, shift_songs
from musicalface.songs.candidates import MIXED_QUERY, MOST_CONFIDENT_QUERY

BATCH = 10_000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--songs", type=int, nargs="+", default=[50_000, 10_000_000])
    options.add_argument("--runs", type=int, default=200)
    arguments = options.parse_args()
    print(f"{'songs':>12}  {'choice':<8}{'first':>8}{'median':>8}{'slowest':>9}   ms")
    for songs in arguments.songs:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "catalog.sqlite"
            make(path, songs)
            with open_catalog(path) as catalog:
                for name, choose in choices(catalog).items():
                    first, *times = [timed(choose, seed) for seed in range(arguments.runs + 1)]
                    median, slowest = statistics.median(times), max(times)
                    print(f"{songs:>12,}  {name:<8}{first:>8.1f}{median:>8.1f}{slowest:>9.1f}")
            plans = [plan(path, query) for query in (MOST_CONFIDENT_QUERY, MIXED_QUERY)]
    print(*plans, sep="\n")


def choices(catalog: Catalog) -> dict[str, Callable[[int], object]]:
    return {
        "match": lambda seed: choose_songs(catalog, MOODS[seed % 4], seed=seed),
        "shift": lambda seed: shift_songs(catalog, Mood.SAD, Mood.RELAXED, seed=seed),
    }


def make(path: Path, count: int) -> None:
    with closing(catalog_schema.create(path)) as connection:
        for start in track(range(0, count, BATCH), f"generating {count:,} songs", transient=True):
            catalog_schema.insert(connection, generate_songs(start, min(BATCH, count - start)))
        catalog_schema.finish(connection, {})


def generate_songs(start: int, count: int) -> Iterator[Song]:
    chance = random.Random(start)
    for number in range(start, start + count):
        shares = [chance.random() ** 6 for _ in MOODS]
        moods = MoodScores.of(share / sum(shares) for share in shares)
        spotify_id = f"{number:022d}" if chance.random() < 0.2 else ""
        yield Song(f"Artist {number // 12}", f"Song {number}", moods, "lyrics", spotify_id)


def timed(choose: Callable[[int], object], seed: int) -> float:
    started = time.perf_counter()
    choose(seed)
    return (time.perf_counter() - started) * 1000


def plan(path: Path, query: str) -> str:
    with closing(sqlite3.connect(path)) as connection:
        values = [None] * query.count("?")
        steps = connection.execute(f"EXPLAIN QUERY PLAN {query}", values).fetchall()
    return "; ".join(step[-1] for step in steps)


if __name__ == "__main__":
    main()
