"""What the reader of a song table assumes: encoding, separator, columns and names of moods."""

from itertools import islice
from pathlib import Path

from ..csv_rows import CP1252, csv_rows, look_of
from .table_reader import DELIMITERS, find_columns
from .table_row import COLUMN_ALIASES, MOOD_NAMES

_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_USUAL = {
    alias
    for column, aliases in COLUMN_ALIASES.items()
    for alias in aliases[: 4 if column == "title" else 2]
}
_ROWS = 20


def table_assumptions(path: Path) -> str:
    """Returns a line on what is unusual in a csv table, and how it is read; else an empty text.

    Raises DataError.
    """
    if path.suffix == ".parquet":
        return ""
    encoding, separator = look_of(path, DELIMITERS)
    rows = csv_rows(path, errors=CP1252, delimiters=DELIMITERS)
    header, *records = [row for _, row in islice(rows, _ROWS)] or [[]]
    found = [
        "" if encoding.startswith("utf-8") else f"encoding {encoding}",
        f"separated by {_SEPARATORS[separator]}" if separator in _SEPARATORS else "",
        *_columns(header),
        *_moods(header, records),
    ]
    facts = ", ".join(filter(None, found))
    return f"{path.name} is read as: {facts}." if facts else ""


def _columns(header: list[str]) -> list[str]:
    columns = find_columns(header)
    named = {name: header[i].strip() for name, i in columns.items()}
    return [
        f"{column} = {name}"
        for column, name in named.items()
        if name.lower().replace(" ", "_") not in _USUAL
    ]


def _moods(header: list[str], records: list[list[str]]) -> list[str]:
    at = find_columns(header).get("mood")
    values = {row[at].strip() for row in records if at is not None and at < len(row)}
    names = sorted(value for value in values if value.lower() in MOOD_NAMES)
    return [f"{name} = {MOOD_NAMES[name.lower()]}" for name in names]
