"""A catalog as a table for others: csv, compressed csv with a card, or parquet."""

import csv
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..errors import InputError, MissingExtraError
from ..files import refuse_to_overwrite, written_aside
from ..mood import MOODS
from . import pack
from .catalog import Catalog
from .song import Song

PACKED_SUFFIX = ".csv.xz"


def export_catalog(catalog: Catalog, out: Path) -> int:
    """Write every song with its probabilities; gives how many.

    The ending of `out` says how: .csv, .csv.xz (as it ships, with a card beside
    it) or .parquet. Raises InputError for another ending and MissingExtraError
    for parquet without pyarrow.
    """
    refuse_to_overwrite(out, [catalog.path])
    if out.name.endswith(PACKED_SUFFIX):
        return pack.pack(catalog, out, _about(catalog))
    if out.suffix == ".csv":
        return _csv(catalog, out)
    if out.suffix == ".parquet":
        return _parquet(catalog, out)
    raise InputError(
        f"{out.name}: the ending says how to write it: .csv, {PACKED_SUFFIX} or .parquet."
    )


def _about(catalog: Catalog) -> dict[str, Any]:
    moods = {mood.value: count for mood, count in catalog.counts().items()}
    return {"moods": moods, "facts": catalog.facts()}


def _csv(catalog: Catalog, out: Path) -> int:
    with written_aside(out) as aside, aside.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(pack.COLUMNS)
        table.writerows(pack.rows(catalog))
    return len(catalog)


def _parquet(catalog: Catalog, out: Path) -> int:
    if not find_spec("pyarrow"):
        raise MissingExtraError("Writing parquet", "parquet")
    import pyarrow.parquet

    table = as_table(list(catalog))
    with written_aside(out) as aside:
        pyarrow.parquet.write_table(table, aside, compression="zstd")
    return int(table.num_rows)


def as_table(songs: Sequence[Song]) -> Any:
    """A pyarrow.Table of the columns of an exported catalog."""
    import pyarrow

    text, share = pyarrow.string(), pyarrow.float64()
    columns: dict[str, tuple[Any, list[object]]] = {
        "artist": (text, [song.artist for song in songs]),
        "title": (text, [song.title for song in songs]),
        **{mood.value: (share, [getattr(song.moods, mood) for song in songs]) for mood in MOODS},
        "evidence": (text, [song.evidence for song in songs]),
        "spotify_id": (text, [song.spotify_id or None for song in songs]),
    }
    return pyarrow.table(
        {name: pyarrow.array(values, kind) for name, (kind, values) in columns.items()}
    )
