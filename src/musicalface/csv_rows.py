"""Streaming reader of csv files, plain or compressed (.gz, .xz), and escaping of their texts."""

import codecs
import csv
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from .errors import DataError
from .files import open_file
from .text_decoding import decode_text, encoding_of

MAX_ROW = 4_000_000
"""Characters per row, over all its lines and cells."""

MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 200
"""A compressed table is rejected if it has more than MAX_UNPACKED characters and its compression
ratio is above MAX_RATIO."""

CP1252 = "cp1252"
"""Name of an encoding, and of the error handler that reads invalid UTF-8 with it."""

_HEAD = 8192  # bytes
_WATCH_EVERY = 512
Watch = Callable[[float], None]


def csv_rows(
    path: Path,
    watch: Watch = lambda share: None,
    *,
    errors: str = "strict",
    delimiters: str = ",",
) -> Iterator[tuple[int, list[str]]]:
    """Yields each non-empty row with the number of its last line.

    `watch` is called from time to time with the share of the file that is read, 0 to 1. The text
    is UTF-8, or UTF-16 or -32 by its mark or look. `errors` is the error handler for invalid
    UTF-8; CP1252 reads it as cp1252. The most frequent of `delimiters` in the first line separates
    the cells. Raises DataError.
    """
    with open_table(path) as raw:
        text = _text(raw, path.suffix, errors)
        size, lines = max(path.stat().st_size, 1), _Lines(text)
        csv.field_size_limit(MAX_ROW)
        line = 0
        try:
            rows = _reader(iter(lines), delimiters)
            for number, row in enumerate(rows):
                line = rows.line_num
                lines.row_has_ended()
                if number % _WATCH_EVERY == 0 and raw.seekable():
                    _require_loose(lines.read, raw.tell())
                    watch(raw.tell() / size)
                if row:
                    yield line, row
        except (
            UnicodeDecodeError,
            csv.Error,
            OSError,
            EOFError,
            zlib.error,
            lzma.LZMAError,
        ) as error:
            raise DataError(f"{path}, near line {line + 1}: {error}.") from None


def look_of(path: Path, delimiters: str) -> tuple[str, str]:
    """Returns the encoding and the separator of a table, by its first bytes. Raises DataError."""
    with open_table(path) as raw:
        start = _start(raw, path.suffix)
        try:
            head = start.peek(_HEAD)[:_HEAD]
        except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
            raise DataError(f"{path}: {error}.") from None
        encoding = _encoding(head)
        if encoding == "utf-8-sig" and _has_invalid_utf_8(head):
            encoding = CP1252
        first = decode_text(head, truncated=True).partition("\n")[0]
        return encoding, max(delimiters, key=first.count)


def _text(raw: BinaryIO, suffix: str, errors: str) -> io.TextIOWrapper:
    start = _start(raw, suffix)
    try:
        encoding = _encoding(start.peek(_HEAD)[:_HEAD])
    except (OSError, EOFError, zlib.error, lzma.LZMAError):
        encoding = "utf-8-sig"  # reading the rows reports the error
    return io.TextIOWrapper(start, encoding=encoding, errors=errors, newline="")


def _start(raw: BinaryIO, suffix: str) -> io.BufferedReader:
    return io.BufferedReader(cast("io.RawIOBase", _unpacked(raw, suffix)), _HEAD)


def _encoding(head: bytes) -> str:
    found = encoding_of(head)
    return "utf-8-sig" if found == "utf-8" else found


def _has_invalid_utf_8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return True
    return False


def _read_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Decodes the bytes that are no UTF-8 as cp1252."""
    if not isinstance(error, UnicodeDecodeError) or error.encoding not in ("utf-8", "utf-8-sig"):
        raise error
    return error.object[error.start : error.end].decode(CP1252, "replace"), error.end


codecs.register_error(CP1252, _read_as_cp1252)


def _reader(lines: Iterator[str], delimiters: str) -> Any:
    first = next(lines, "")
    return csv.reader(chain([first], lines), delimiter=max(delimiters, key=first.count))


def escape_formula(text: str) -> str:
    """Prefixes a text that a spreadsheet would evaluate as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def open_table(path: Path) -> BinaryIO:
    """Opens a regular file, or a pipe from the shell, to read; otherwise raises DataError."""
    try:
        return open_file(path, pipes=True)
    except FileNotFoundError:
        raise DataError(f"There is no file {path}. Check the path.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"{path} can't be read ({reason}).") from None


def _unpacked(raw: BinaryIO, suffix: str) -> BinaryIO:
    if suffix == ".gz":
        return cast("BinaryIO", gzip.GzipFile(fileobj=raw))
    return cast("BinaryIO", lzma.LZMAFile(raw)) if suffix == ".xz" else raw


def _require_loose(characters: int, packed: int) -> None:
    if characters > MAX_UNPACKED and characters > MAX_RATIO * packed:
        raise csv.Error(f"more than {MAX_UNPACKED:,} characters in {packed:,} bytes")


class _Lines:
    """Iterator of the lines of a file; raises csv.Error if a row is longer than MAX_ROW."""

    def __init__(self, text: IO[str]) -> None:
        self._text, self._left = text, MAX_ROW
        self.read = 0

    def row_has_ended(self) -> None:
        """Marks the next line as the start of a new row."""
        self._left = MAX_ROW

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(self._left + 1):
            self._left -= len(line)
            self.read += len(line)
            if self._left < 0:
                raise csv.Error(f"a row has more than {MAX_ROW:,} characters")
            yield line
