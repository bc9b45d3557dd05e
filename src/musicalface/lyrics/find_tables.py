"""Finds song tables: the given files, and those below the given folders."""

from collections.abc import Iterable
from pathlib import Path

from ..errors import DataError
from ..file_walk import files_below

_SUFFIXES = (".csv", ".csv.gz", ".parquet")


def find_tables(sources: Iterable[Path]) -> list[Path]:
    """Returns the given tables, and all tables below the given folders, sorted by path.

    Raises DataError if a path does not exist or a folder contains no tables.
    """
    return [table for source in sources for table in _tables_in_source(source)]


def _tables_in_source(source: Path) -> list[Path]:
    if not source.is_dir():
        require_file(source)
        return [source]
    tables = sorted(
        path
        for path in files_below(source)
        if path.name.endswith(_SUFFIXES) and not path.name.startswith("_")
    )
    if not tables:
        raise DataError(f"The folder {source} contains no tables ({', '.join(_SUFFIXES)}).")
    return tables


def require_file(path: Path) -> None:
    """Raises DataError unless the path is a regular file."""
    if not path.exists():
        raise DataError(f"The file {path} doesn't exist.")
    if not path.is_file():
        raise DataError(f"{path} isn't a regular file.")
