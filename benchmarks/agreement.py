"""Of the songs that play for a mood, how many do listeners put there whom the catalog never heard?

    python benchmarks/agreement.py lyrics.parquet --models OUT \\
        --listeners tags.parquet,more.parquet --listeners va.parquet

For each source the catalog is built without it, with the model that `musicalface
train lyrics --leave-one-out --out OUT` learnt without it. The pool that
`musicalface songs MOOD` draws from is then compared with what the source says. A
source of points is asked twice: for quadrants, and for the moods that other
listeners name there (a map fitted to songs outside of the pools, because the zero
of one group of listeners is not another's). Points count that are far from the
origin. A mood that a source never names is left out. The interval is Wilson's
(1927), of 95 %.
"""

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from math import sqrt
from pathlib import Path

import numpy as np

from musicalface.listeners import Source, plane, read_source
from musicalface.mood import MOODS, Mood
from musicalface.songs import open_catalog
from musicalface.songs.build import build_catalog
from musicalface.songs.choose import DEEPER, pool_size

Pools = dict[Mood, list[str]]
Count = tuple[int, int]
"""Songs of the pool that the source puts there, and all that it speaks of."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("tables", nargs="*", type=Path, help="lyrics")
    options.add_argument("--listeners", action="append", required=True)
    options.add_argument("--models", type=Path, help="folder of --leave-one-out; none: the shipped")
    options.add_argument("--pool", type=int, help="songs of each mood; none: as many as play")
    options.add_argument("--ids", type=Path, help="Spotify ids: the pools of who needs them")
    given = options.parse_args()
    voices = [[Path(name) for name in voice.split(",")] for voice in given.listeners]
    together = dict.fromkeys(MOODS, (0, 0))
    for voice in voices:
        source, others = read_source(voice), [other for other in voices if other is not voice]
        pools = pools_without(
            source, given.tables, voice, others, given.models, given.pool, given.ids
        )
        for name, said in verdicts(source, others, pools).items():
            counts = agreement(pools, said)
            print(name)
            show(counts)
        together = {mood: add(together[mood], counts[mood]) for mood in MOODS}
    print("all sources, of points the moods that others name there")
    show(together)


def pools_without(
    source: Source,
    tables: Sequence[Path],
    voice: Sequence[Path],
    others: Sequence[Sequence[Path]],
    models: Path | None,
    pool: int | None,
    ids: Path | None,
) -> Pools:
    """The keys that each mood is drawn from, in a catalog that never heard a source."""
    model = str(models / f"without-{source.name}" / "orpheus.onnx") if models else None
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "catalog.sqlite"
        # The words of the source's songs stay; what it says of them does not.
        build_catalog([*tables, *voice], out, model=model, listeners=others, ids=ids)
        with open_catalog(out) as catalog:
            deeper = DEEPER if ids else 1
            surest = {m: catalog.surest(m, deeper * (pool or pool_size(m, 10))) for m in MOODS}
            return {m: [s.key for s in songs if s.has_id or not ids] for m, songs in surest.items()}


def verdicts(
    source: Source, others: Sequence[Sequence[Path]], pools: Pools
) -> dict[str, dict[str, Mood]]:
    """What a source says of songs, in one or two ways of asking."""
    if not source.points:
        return {f"without {source.name}": source.said}
    words: dict[str, Mood] = {}
    for other in map(read_source, others):
        words = other.moods | words
    played = {key for keys in pools.values() for key in keys}
    shared = [key for key in source.points if key in words and key not in played]
    labels = np.array([MOODS.index(words[key]) for key in shared], np.int64)
    weights = plane.fit(plane.points_of([source.points[key] for key in shared]), labels)
    far = list(source.said)
    points = plane.points_of([source.points[key] for key in far])
    moods = plane.log_likelihoods(weights, points).argmax(1)
    return {
        f"without {source.name}, its quadrants": source.said,
        f"without {source.name}, the moods that others name there": {
            key: MOODS[mood] for key, mood in zip(far, moods, strict=True)
        },
    }


def agreement(pools: Pools, said: Mapping[str, Mood]) -> dict[Mood, Count]:
    """Of each mood's pool, how many songs the source puts there, and of how many it speaks."""
    named = set(said.values())
    return {
        mood: (
            sum(said.get(key) is mood for key in keys),
            sum(key in said for key in keys) if mood in named else 0,
        )
        for mood, keys in pools.items()
    }


def show(counts: dict[Mood, Count]) -> None:
    everything = (0, 0)
    for mood, count in counts.items():
        print(f"  {mood:<9}{line(count)}")
        everything = add(everything, count)
    print(f"  {'all':<9}{line(everything)}", flush=True)


def line(count: Count) -> str:
    hits, tries = count
    if not tries:
        return "  it speaks of none"
    low, high = wilson(hits, tries)
    return f"{hits:>5} of {tries:>5}   {hits / tries:6.1%}   ({low:.0%} to {high:.0%})"


def wilson(hits: int, tries: int, z: float = 1.96) -> tuple[float, float]:
    share, more = hits / tries, z * z / tries
    middle = share + more / 2
    spread = z * sqrt(share * (1 - share) / tries + more / tries / 4)
    return (middle - spread) / (1 + more), (middle + spread) / (1 + more)


def add(one: Count, other: Count) -> Count:
    return one[0] + other[0], one[1] + other[1]


if __name__ == "__main__":
    main()
