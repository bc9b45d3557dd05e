"""Tables of songs: csv (also gzipped) and parquet, read a row at a time."""

import csv
import gzip
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from ..errors import DataError, MissingExtraError
from ..mood import Mood

_NAMES = {
    "artist": ("artist", "artist_name"),
    "title": ("title", "song", "track", "track_name"),
    "lyrics": ("lyrics", "text"),
    "mood": ("mood", "label"),
    "spotify_id": ("spotify_id",),
    "conflict": ("conflict",),
}
MOST_CHARACTERS = 200_000
"""Of one song's lyrics; what is longer is no song and is cut."""


@dataclass(frozen=True)
class SongRow:
    """A row of a table; what the table has no column for is empty."""

    artist: str
    title: str
    lyrics: str = ""
    mood: Mood | None = None
    spotify_id: str = ""
    conflict: bool = False


def read_songs(path: Path, needed: Iterable[str] = ("artist", "title")) -> Iterator[SongRow]:
    """The rows of a .csv, .csv.gz or .parquet file.

    Columns are found by name (title or song; lyrics or text; mood or label), in
    any case. `needed` are those of artist, title, lyrics, mood and spotify_id
    that the table must have. Raises DataError, which names file and line, and
    MissingExtraError for parquet without pyarrow.
    """
    if not path.is_file():
        raise DataError(f"There is no file {path}.")
    records = _parquet(path) if path.suffix == ".parquet" else _csv(path)
    header = next(records, None)
    columns = _columns(path, [str(name) for name in header or ()], needed)
    for line, record in enumerate(records, start=2):
        values = {name: record[i] for name, i in columns.items() if i < len(record)}
        try:
            yield _row(values)
        except ValueError as error:
            raise DataError(f"{path}, row {line}: {error}") from None


def _columns(path: Path, header: list[str], needed: Iterable[str]) -> dict[str, int]:
    lowered = [name.strip().lower().removeprefix("\ufeff") for name in header]
    found = {
        column: lowered.index(alias)
        for column, aliases in _NAMES.items()
        for alias in reversed(aliases)
        if alias in lowered
    }
    missing = [f"'{' or '.join(_NAMES[name][:2])}'" for name in needed if name not in found]
    if missing:
        raise DataError(f"{path} has no column {', '.join(missing)}: it has {', '.join(header)}.")
    return found


def _row(values: dict[str, object]) -> SongRow:
    text = {name: str(values.get(name) or "").strip() for name in _NAMES}
    return SongRow(
        artist=text["artist"],
        title=text["title"],
        lyrics=text["lyrics"][:MOST_CHARACTERS],
        mood=_mood(text["mood"]) if text["mood"] else None,
        spotify_id=text["spotify_id"],
        conflict=text["conflict"].lower() in ("true", "1"),
    )


def _mood(name: str) -> Mood:
    try:
        return Mood(name.lower())
    except ValueError:
        raise ValueError(f"the mood {name!r} is none of {', '.join(Mood)}.") from None


def _csv(path: Path) -> Iterator[list[object]]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        try:
            for row in rows:
                if row:
                    yield list(row)
        except (UnicodeDecodeError, csv.Error, OSError, EOFError) as error:
            raise DataError(f"{path}, near line {rows.line_num + 1}: {error}.") from None


def _parquet(path: Path) -> Iterator[list[object]]:
    if not find_spec("pyarrow"):
        raise MissingExtraError("Reading parquet", "parquet")
    import pyarrow
    import pyarrow.parquet

    wanted = {alias for aliases in _NAMES.values() for alias in aliases}
    try:
        file = pyarrow.parquet.ParquetFile(path)
        names = [name for name in file.schema_arrow.names if name.lower() in wanted]
        yield list(names)
        for batch in file.iter_batches(batch_size=4096, columns=names):
            columns = [column.to_pylist() for column in batch.columns]
            yield from (list(row) for row in zip(*columns, strict=True))
    except pyarrow.ArrowException as error:
        raise DataError(f"{path} is no parquet file that can be read ({error}).") from None
