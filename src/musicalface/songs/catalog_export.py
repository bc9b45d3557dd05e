"""Catalog export to CSV, to compressed CSV with a card, or to Parquet."""

import csv
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..errors import InputError, MissingExtraError
from ..files import atomic_write, check_not_an_input
from ..mood import MOODS
from . import bundled_catalog
from .catalog import Catalog
from .song import Song

PACKED_SUFFIX = ".csv.xz"


def export_catalog(catalog: Catalog, out: Path) -> int:
    """Writes every song with its probabilities. Returns the number of songs.

    The extension of `out` determines the format: .csv, .csv.xz (the bundled format, with a
    card next to it) or .parquet. Raises InputError for another extension and
    MissingExtraError for Parquet without pyarrow.
    """
    check_not_an_input(out, [catalog.path])
    if out.name.endswith(PACKED_SUFFIX):
        return bundled_catalog.write_packed(catalog, out, _card_facts(catalog))
    if out.suffix == ".csv":
        return _write_csv(catalog, out)
    if out.suffix == ".parquet":
        return _write_parquet(catalog, out)
    raise InputError(
        f"{out.name} isn't a known format. Use the extension .csv, {PACKED_SUFFIX} or .parquet."
    )


def _card_facts(catalog: Catalog) -> dict[str, Any]:
    moods = {mood.value: count for mood, count in catalog.counts().items()}
    return {"moods": moods, "facts": catalog.facts()}


def _write_csv(catalog: Catalog, out: Path) -> int:
    with atomic_write(out) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(bundled_catalog.COLUMNS)
        table.writerows(bundled_catalog.rows(catalog))
    return len(catalog)


def _write_parquet(catalog: Catalog, out: Path) -> int:
    if not find_spec("pyarrow"):
        raise MissingExtraError("Writing parquet", "parquet")
    import pyarrow.parquet

    table = to_arrow_table(list(catalog))
    with atomic_write(out) as temporary:
        pyarrow.parquet.write_table(table, temporary, compression="zstd")
    return int(table.num_rows)


def to_arrow_table(songs: Sequence[Song]) -> Any:
    """Returns a pyarrow.Table with the columns of an exported catalog."""
    import pyarrow

    text, share = pyarrow.string(), pyarrow.float64()
    columns: dict[str, tuple[Any, list[object]]] = {
        "artist": (text, [song.artist for song in songs]),
        "title": (text, [song.title for song in songs]),
        **{mood.value: (share, [getattr(song.moods, mood) for song in songs]) for mood in MOODS},
        "evidence": (text, [song.evidence for song in songs]),
        "spotify_id": (text, [song.spotify_id or None for song in songs]),
        "deezer_id": (pyarrow.int64(), [song.deezer_id or None for song in songs]),
        "known": (pyarrow.int64(), [song.known or None for song in songs]),
    }
    return pyarrow.table(
        {name: pyarrow.array(values, kind) for name, (kind, values) in columns.items()}
    )
