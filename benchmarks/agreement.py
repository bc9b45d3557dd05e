"""Of the songs that play for a mood, how many do listeners put there whom the catalog never heard?

    python benchmarks/agreement.py lyrics.parquet --models OUT \\
        --listeners tags.parquet,more.parquet --listeners va.parquet

For each source the catalog is built without it, with the model that `musicalface
train lyrics --leave-one-out --out OUT` learnt without it. The pool that
`musicalface songs MOOD` draws from is then compared with what the source says:
a mood, or a quadrant far from the origin of the plane. The interval is Wilson's
(1927), of 95 %.
"""

import argparse
import tempfile
from collections.abc import Sequence
from math import sqrt
from pathlib import Path

from musicalface.listeners import Source, read_source
from musicalface.mood import MOODS, Mood
from musicalface.songs import open_catalog
from musicalface.songs.build import build_catalog
from musicalface.songs.choose import POOL

Count = tuple[int, int]
"""Songs of the pool that the source puts there, and all that it speaks of."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("tables", nargs="*", type=Path, help="lyrics")
    options.add_argument("--listeners", action="append", required=True)
    options.add_argument("--models", type=Path, help="folder of --leave-one-out; none: the shipped")
    options.add_argument("--pool", type=int, default=POOL)
    given = options.parse_args()
    voices = [[Path(name) for name in voice.split(",")] for voice in given.listeners]
    together = dict.fromkeys(MOODS, (0, 0))
    for voice in voices:
        source, others = read_source(voice), [other for other in voices if other is not voice]
        counts = agreement(given.tables, voice, others, source, given.models, given.pool)
        print(f"without {source.name}")
        show(counts)
        together = {mood: add(together[mood], counts[mood]) for mood in MOODS}
    print("all sources")
    show(together)


def agreement(
    tables: Sequence[Path],
    voice: Sequence[Path],
    others: Sequence[Sequence[Path]],
    source: Source,
    models: Path | None,
    pool: int,
) -> dict[Mood, Count]:
    """Of each mood's pool, built without a source, how many songs the source puts there."""
    model = str(models / f"without-{source.name}" / "orpheus.onnx") if models else None
    said = source.said
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "catalog.sqlite"
        # The words of the source's songs stay; what it says of them does not.
        build_catalog([*tables, *voice], out, model=model, listeners=others)
        with open_catalog(out) as catalog:
            pools = {mood: catalog.surest(mood, pool) for mood in MOODS}
    return {
        mood: (
            sum(said.get(song.key) is mood for song in songs),
            sum(song.key in said for song in songs),
        )
        for mood, songs in pools.items()
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
        return "  none of its songs is in the pool"
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
