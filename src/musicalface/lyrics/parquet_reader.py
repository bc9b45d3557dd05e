"""Parquet reader with limits on cells, pages and row groups."""

from collections.abc import Callable, Collection, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

from ..csv_rows import MAX_ROW, Watch
from ..errors import DataError, MissingExtraError
from ..files import open_file

MAX_GROUP = 2_000_000_000
"""Maximum uncompressed bytes of one column in a row group."""

MAX_PACKED_GROUP, MAX_RATIO = 32_000_000, 200
"""A larger column (bytes) is rejected if its compression ratio is above MAX_RATIO."""

MAX_PAGE = 8_000_000
"""Maximum bytes of a column's first page in a row group; writers make pages of one megabyte."""

_PAGE_HEAD = 20  # bytes
_ROWS_AT_ONCE = 32
_BUFFER = 1 << 20  # read buffer of a column, in bytes
_MAX_NAME, _MAX_COLUMNS = 10_000_000, 1_000_000  # string bytes and container items in the metadata


def parquet_rows(path: Path, columns: Collection[str], watch: Watch) -> Iterator[list[object]]:
    """Yields the names of the requested columns, then a list of values per row.

    Skips columns of lists and structs. Raises DataError if the file is invalid, and
    MissingExtraError without pyarrow.
    """
    return _checked(path, lambda: _rows(path, columns.__contains__, watch))


def parquet_columns(path: Path) -> list[str]:
    """Returns the names of all columns without lists and structs; raises as `parquet_rows`."""
    header = next(_checked(path, lambda: _rows(path, lambda name: True, lambda share: None)))
    return [str(name) for name in header]


def _checked(path: Path, rows: Callable[[], Iterator[list[object]]]) -> Iterator[list[object]]:
    if not find_spec("pyarrow"):
        raise MissingExtraError("Reading parquet", "parquet")
    import pyarrow

    try:
        yield from rows()
    except (
        pyarrow.ArrowException,
        OSError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        OverflowError,
        MemoryError,
    ) as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise DataError(f"{path} isn't a valid Parquet file ({reason}).") from None


def _rows(path: Path, wanted: Callable[[str], bool], watch: Watch) -> Iterator[list[object]]:
    from pyarrow.parquet import ParquetFile

    limits = {"thrift_string_size_limit": _MAX_NAME, "thrift_container_size_limit": _MAX_COLUMNS}
    with open_file(path) as raw, ParquetFile(path, buffer_size=_BUFFER, **limits) as file:
        names = [f.name for f in file.schema_arrow if wanted(f.name.lower()) and _is_plain(f)]
        for column in _column_chunks(file.metadata, names):
            _require_small(column)
            _require_small_page(raw, column)
        yield list(names)
        read = 0
        for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, columns=names):
            yield from map(_row_of, zip(*batch.columns, strict=True))
            read += batch.num_rows
            watch(read / max(file.metadata.num_rows, 1))


def _is_plain(field: Any) -> bool:
    import pyarrow

    return not pyarrow.types.is_nested(field.type)


def _column_chunks(metadata: Any, names: Collection[str]) -> Iterator[Any]:
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        columns = (group.column(i) for i in range(group.num_columns))
        yield from (column for column in columns if column.path_in_schema in names)


def _require_small(column: Any) -> None:
    size = column.total_uncompressed_size
    is_packed = size > MAX_PACKED_GROUP and size > MAX_RATIO * column.total_compressed_size
    if size > MAX_GROUP or is_packed or size > MAX_PACKED_GROUP + MAX_ROW * column.num_values:
        raise ValueError(f"{column.path_in_schema} has {size:,} bytes in one row group")


def _require_small_page(file: BinaryIO, column: Any) -> None:
    """Checks the first page, which may be the dictionary that the other pages refer to."""
    file.seek(column.dictionary_page_offset or column.data_page_offset)
    head = iter(file.read(_PAGE_HEAD))
    size = 0
    for _ in range(2):  # the first field is the page type, the second its uncompressed size
        next(head, 0)  # the field's id and type
        size = _number(head)
    if size > MAX_PAGE:
        raise ValueError(f"{column.path_in_schema} has a page of {size:,} bytes")


def _number(head: Iterator[int]) -> int:
    """Reads an integer in Thrift's compact protocol (zigzag, 7 bits per byte)."""
    number = shift = 0
    for byte in head:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
    return number >> 1


def _row_of(scalars: Iterable[Any]) -> list[object]:
    row = [scalar.as_py() for scalar in scalars]
    longest = max((len(cell) for cell in row if isinstance(cell, str | bytes)), default=0)
    if longest > MAX_ROW:
        raise ValueError(f"a cell has {longest:,} characters; the maximum is {MAX_ROW:,}")
    return row
