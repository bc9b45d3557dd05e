"""Song table reader: streams the rows of CSV (plain or gzipped) and Parquet files."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..csv_rows import CP1252, Watch, csv_rows
from ..errors import DataError
from ..mood import EMOTION_TAGS
from .find_tables import find_tables, require_file
from .lyrics_cleaning import MAX_LYRICS_LENGTH
from .parquet_reader import parquet_columns, parquet_rows
from .table_row import COLUMN_ALIASES, SongRow, parse_row

__all__ = [
    "MAX_LYRICS_LENGTH",
    "SongRow",
    "find_tables",
    "held_songs",
    "read_songs",
    "unknown_columns",
]

_COLUMN_NAMES = frozenset(alias for aliases in COLUMN_ALIASES.values() for alias in aliases)
DELIMITERS = ",;\t|"
_LABEL_COLUMNS = ("mood", "valence", "arousal", *EMOTION_TAGS)
_MIN_TAGS = 4  # a table with fewer columns named like emotion tags holds something else

MAX_ROWS, MAX_CHARACTERS = 10_000_000, 1_000_000_000
"""Limits of a table that is held in memory: rows, and characters of lyrics in all rows."""


def read_songs(
    path: Path,
    needed: Iterable[str] = ("artist", "title"),
    progress: Watch = lambda share: None,
    *,
    read_labels: bool = True,
) -> Iterator[SongRow]:
    """Yields the rows of a .csv, .csv.gz or .parquet file.

    Columns are matched by name (see COLUMN_ALIASES), ignoring case. A csv file may have commas,
    semicolons, tabs or bars, and be in UTF-8, UTF-16, UTF-32 or cp1252. `needed` lists the
    required columns; "lyrics or angry" means one of the two. If `read_labels` is false, the
    columns mood, valence and arousal and the emotion tags are ignored, because they may contain
    something else (a record label). `progress` receives the share of the file read so far, 0 to
    1. Raises DataError, which names the file and the row (the header is row 1), and
    MissingExtraError for Parquet without pyarrow.
    """
    require_file(path)
    is_parquet = path.suffix == ".parquet"
    records = parquet_rows(path, _COLUMN_NAMES, progress) if is_parquet else _csv(path, progress)
    header = next(records, None)
    columns = _columns(path, [str(name) for name in header or ()], needed)
    if not read_labels:
        columns = {name: i for name, i in columns.items() if name not in _LABEL_COLUMNS}
    for line, record in enumerate(records, start=2):
        values = {name: record[i] for name, i in columns.items() if i < len(record)}
        try:
            yield parse_row(values)
        except ValueError as error:
            raise DataError(f"{path}, row {line}: {error}") from None


def held_songs(path: Path, needed: Iterable[str] = ("artist", "title")) -> Iterator[SongRow]:
    """Like `read_songs`, for callers that keep all rows in memory.

    Raises DataError if the table exceeds MAX_ROWS or MAX_CHARACTERS.
    """
    rows = characters = 0
    for row in read_songs(path, needed):
        rows, characters = rows + 1, characters + len(row.lyrics)
        if rows > MAX_ROWS or characters > MAX_CHARACTERS:
            raise DataError(
                f"{path} is too large. The maximum is {MAX_ROWS:,} rows and {MAX_CHARACTERS:,} "
                "characters of lyrics."
            )
        yield row


def unknown_columns(path: Path) -> list[str]:
    """Returns the columns of a table that no reader knows. Raises as `read_songs`."""
    require_file(path)
    is_parquet = path.suffix == ".parquet"
    names = parquet_columns(path) if is_parquet else next(_csv(path, lambda share: None), [])
    return [name for name in map(str, names) if _plain(name) not in _COLUMN_NAMES]


def find_columns(header: Sequence[str]) -> dict[str, int]:
    """Returns the number of each known column in a header."""
    lowered = [_plain(name) for name in header]
    columns = {
        column: lowered.index(alias)
        for column, aliases in COLUMN_ALIASES.items()
        for alias in reversed(aliases)
        if alias in lowered
    }
    if sum(name in columns for name in EMOTION_TAGS) < _MIN_TAGS:
        columns = {name: i for name, i in columns.items() if name not in EMOTION_TAGS}
    return columns


def _columns(path: Path, header: list[str], needed: Iterable[str]) -> dict[str, int]:
    columns = find_columns(header)
    missing = [
        f"'{' or '.join(names.split(' or ') if ' or ' in names else COLUMN_ALIASES[names][:2])}'"
        for names in needed
        if not any(name in columns for name in names.split(" or "))
    ]
    if missing:
        existing = ", ".join(header)[:200]
        raise DataError(f"{path} has no column {', '.join(missing)}. Its columns are {existing}.")
    return columns


def _plain(name: str) -> str:
    """A column's name as COLUMN_ALIASES writes it."""
    return name.strip().strip('"').lower().replace(" ", "_")


def _csv(path: Path, progress: Watch) -> Iterator[list[object]]:
    for _, row in csv_rows(path, progress, errors=CP1252, delimiters=DELIMITERS):
        yield list(row)
