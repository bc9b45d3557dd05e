"""Tables of songs: csv (also gzipped) and parquet, read a row at a time."""

import csv
import gzip
import io
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from math import isfinite
from pathlib import Path

from ..errors import DataError, MissingExtraError
from ..identity import clean_name
from ..mood import MOODS, Evidence, Mood, MoodScores

_NAMES = {
    "artist": ("artist", "artist_name"),
    "title": ("title", "song", "track", "track_name"),
    "lyrics": ("lyrics", "text"),
    "mood": ("mood", "label"),
    **{mood.value: (mood.value,) for mood in MOODS},
    "evidence": ("evidence",),
    "valence": ("valence",),
    "arousal": ("arousal",),
    "spotify_id": ("spotify_id",),
    "conflict": ("conflict",),
}
_SAID = ("mood", "valence", "arousal")
_SPOTIFY_ID = re.compile("[0-9A-Za-z]{22}")
_WATCH_EVERY = 512
_ROUNDING = 0.01
MOST_CHARACTERS = 200_000
"""Of one song's lyrics; what is longer is no song and is cut."""


@dataclass(frozen=True)
class SongRow:
    """A row of a table; what the table has no column for is empty."""

    artist: str
    title: str
    lyrics: str = ""
    mood: Mood | None = None
    point: tuple[float, float] | None = None  # valence and arousal
    moods: MoodScores | None = None  # where the table is a catalog
    evidence: Evidence = "lyrics"
    spotify_id: str = ""
    conflict: bool = False


Watch = Callable[[float], None]
_TABLES = (".csv", ".csv.gz", ".parquet")


def tables_in(sources: Iterable[Path]) -> list[Path]:
    """The tables named, and those in the folders named and below, by name.

    Raises DataError for a name that is neither, and a folder without tables.
    """
    return [table for source in sources for table in _tables_of(source)]


def _tables_of(source: Path) -> list[Path]:
    if source.is_file():
        return [source]
    if not source.is_dir():
        raise DataError(f"There is no file {source}.")
    found = sorted(
        path
        for path in source.rglob("*")
        if path.name.endswith(_TABLES) and not path.name.startswith((".", "_")) and path.is_file()
    )
    if not found:
        raise DataError(f"The folder {source} holds no table: {', '.join(_TABLES)}.")
    return found


def read_songs(
    path: Path,
    needed: Iterable[str] = ("artist", "title"),
    watch: Watch = lambda share: None,
    *,
    moods_count: bool = True,
) -> Iterator[SongRow]:
    """The rows of a .csv, .csv.gz or .parquet file.

    Columns are found by name (title or song; lyrics or text; mood or label), in
    any case. `needed` are those that the table must have; "lyrics or angry" means
    one of the two. Where `moods_count` is false, columns of moods and points may hold
    anything (a record label, say) and are not read. `watch` is told now and then what
    share of the file is read, 0 to 1. Raises DataError, which names the file and the
    row (the header is row 1), and MissingExtraError for parquet without pyarrow.
    """
    if not path.is_file():
        raise DataError(f"There is no file {path}.")
    records = _parquet(path, watch) if path.suffix == ".parquet" else _csv(path, watch)
    header = next(records, None)
    columns = _columns(path, [str(name) for name in header or ()], needed)
    if not moods_count:
        columns = {name: place for name, place in columns.items() if name not in _SAID}
    for line, record in enumerate(records, start=2):
        values = {name: record[i] for name, i in columns.items() if i < len(record)}
        try:
            yield _row(values)
        except ValueError as error:
            raise DataError(f"{path}, row {line}: {error}") from None


def _columns(path: Path, header: list[str], needed: Iterable[str]) -> dict[str, int]:
    lowered = [name.strip().lower() for name in header]
    found = {
        column: lowered.index(alias)
        for column, aliases in _NAMES.items()
        for alias in reversed(aliases)
        if alias in lowered
    }
    missing = [
        f"'{' or '.join(_NAMES[names.split(' or ')[0]][:2])}'"
        for names in needed
        if not any(name in found for name in names.split(" or "))
    ]
    if missing:
        raise DataError(f"{path} has no column {', '.join(missing)}: it has {', '.join(header)}.")
    return found


def _row(values: dict[str, object]) -> SongRow:
    given = {name: values.get(name) for name in _NAMES}
    text = {name: _text(value) for name, value in given.items()}
    return SongRow(
        artist=clean_name(text["artist"]),
        title=clean_name(text["title"]),
        lyrics=text["lyrics"][:MOST_CHARACTERS],
        mood=_mood(text["mood"]) if text["mood"] else None,
        point=_point(text["valence"], text["arousal"]),
        moods=_moods(text),
        evidence="listeners" if text["evidence"] == "listeners" else "lyrics",
        spotify_id=text["spotify_id"] if _SPOTIFY_ID.fullmatch(text["spotify_id"]) else "",
        conflict=text["conflict"].lower() in ("true", "1"),
    )


def _text(value: object) -> str:
    """What is missing, or no number (as pandas writes what is missing), is empty."""
    text = "" if value is None else str(value).strip()
    return "" if text.lower() == "nan" else text


def _mood(name: str) -> Mood:
    try:
        return Mood(name.lower())
    except ValueError:
        raise ValueError(f"the mood {name!r} is none of {', '.join(Mood)}.") from None


def _point(valence: str, arousal: str) -> tuple[float, float] | None:
    return (_number(valence), _number(arousal)) if valence and arousal else None


def _moods(text: dict[str, str]) -> MoodScores | None:
    if not all(text[mood.value] for mood in MOODS):
        return None
    shares = [_number(text[mood.value]) for mood in MOODS]
    if min(shares) < 0 or abs(sum(shares) - 1) > _ROUNDING:
        raise ValueError(f"{', '.join(MOODS)} are not four probabilities that add up to 1.")
    return MoodScores.of(shares)


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f"{text!r} is no number.") from None
    if not isfinite(number):
        raise ValueError(f"{text!r} is no number.")
    return number


def _csv(path: Path, watch: Watch) -> Iterator[list[object]]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    size = max(path.stat().st_size, 1)
    with path.open("rb") as raw:
        plain = gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else raw
        rows = csv.reader(io.TextIOWrapper(plain, encoding="utf-8-sig", newline=""))
        try:
            for number, row in enumerate(rows):
                if number % _WATCH_EVERY == 0:
                    watch(raw.tell() / size)
                if row:
                    yield list(row)
        except (UnicodeDecodeError, csv.Error, OSError, EOFError, zlib.error) as error:
            raise DataError(f"{path}, near line {rows.line_num + 1}: {error}.") from None


def _parquet(path: Path, watch: Watch) -> Iterator[list[object]]:
    if not find_spec("pyarrow"):
        raise MissingExtraError("Reading parquet", "parquet")
    import pyarrow
    import pyarrow.parquet

    wanted = {alias for aliases in _NAMES.values() for alias in aliases}
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            names = [name for name in file.schema_arrow.names if name.lower() in wanted]
            yield list(names)
            read = 0
            for batch in file.iter_batches(batch_size=_WATCH_EVERY, columns=names):
                columns = [column.to_pylist() for column in batch.columns]
                yield from (list(row) for row in zip(*columns, strict=True))
                read += batch.num_rows
                watch(read / max(file.metadata.num_rows, 1))
    except (pyarrow.ArrowException, OSError) as error:
        reason = " ".join(str(error).split())
        raise DataError(f"{path} is no parquet file that can be read ({reason}).") from None
