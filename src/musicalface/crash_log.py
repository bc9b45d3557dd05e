"""Log of unexpected errors: errors.log in the data directory. Each entry has a short id."""

import linecache
import logging
import os
import platform
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from . import __version__, settings
from .errors import MusicalFaceError

LARGEST = 1_000_000
"""Bytes; a larger log is renamed to errors.log.1, which replaces the previous one."""

_DEEPEST = 40  # frames per traceback and errors per chain; recursion only repeats frames
_lock = threading.Lock()


def path() -> Path:
    """Returns the path of the log. Raises InputError if MUSICALFACE_HOME is invalid."""
    return settings.home() / "errors.log"


def record(error: BaseException) -> str:
    """Appends the error's traceback to the log and returns its id, six hexadecimal digits.

    Without `settings.debug()` the entry has no messages and no values, only types, modules and
    lines of code, so it contains no names of files or songs. Never raises.
    """
    number = os.urandom(3).hex()
    with suppress(Exception):  # a logging error must not replace the original error
        _append(f"{_heading(number)}\n{_traceback(error)}\n")
    return number


def sentence(error: BaseException) -> str:
    """Records the error and returns a message for the user."""
    if isinstance(error, MemoryError):
        return "This computer is out of memory. Close other programs or use smaller files."
    number = record(error)
    hint = "" if settings.debug() else " Run it again with --debug for more detail."
    return f"Something went wrong (error {number}, written to {_named_path()}).{hint}"


@contextmanager
def catching_everywhere() -> Iterator[None]:
    """Context manager: errors in threads, finalizers and libraries go to the log, not to stderr."""
    before = threading.excepthook, sys.unraisablehook, logging.lastResort
    threading.excepthook = lambda event: _record(event.exc_value)
    sys.unraisablehook = lambda event: _record(event.exc_value)
    logging.lastResort = _LogHandler(logging.ERROR)
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook, logging.lastResort = before


class _LogHandler(logging.Handler):
    """Handler of last resort: records exceptions and drops all other log records."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            _record(record.exc_info[1])


def _record(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, (SystemExit, KeyboardInterrupt)):
        record(error)


def _heading(number: str) -> str:
    when = datetime.now(UTC).isoformat(timespec="seconds")
    python = f"Python {platform.python_version()} on {platform.system()}"
    return f"{when} {number} musicalface {__version__}, {python}"


def _traceback(error: BaseException) -> str:
    if settings.debug():
        return "".join(traceback.format_exception(error, limit=-_DEEPEST))
    return "caused by\n".join(_entry(each) for each in _chain(error))


def _chain(error: BaseException) -> list[BaseException]:
    """The error and its causes."""
    chain: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and each not in chain and len(chain) < _DEEPEST:
        chain.append(each)
        each = each.__cause__ or each.__context__
    return chain


def _entry(error: BaseException) -> str:
    lines = [f"{type(error).__module__}.{type(error).__qualname__}"]
    lines += _frames(error.__traceback__)
    return "\n  ".join(lines) + "\n"


def _frames(trace: TracebackType | None) -> list[str]:
    summary = [(frame.f_code, line) for frame, line in traceback.walk_tb(trace)]
    return [_frame(code, line) for code, line in summary[-_DEEPEST:]]


def _frame(code: Any, line: int) -> str:
    source = linecache.getline(code.co_filename, line).strip()
    return f"{_shortened(code.co_filename)}:{line} {code.co_name}: {source}"


def _shortened(file: str) -> str:
    """A module's path without the folders above its package, which may contain the user's name."""
    parts = Path(file).parts
    for top in ("site-packages", "src"):
        if top in parts:
            return "/".join(parts[parts.index(top) + 1 :])
    return "/".join(parts[-2:])


def _append(entry: str) -> None:
    file = path()
    from .data_directory import prepare  # imported late: it loads sqlite3

    prepare(file.parent)
    with _lock:
        if file.is_file() and file.stat().st_size > LARGEST:
            file.replace(file.with_name(f"{file.name}.1"))
        with open(file, "ab", opener=_open_own) as log:
            log.write(entry.encode("utf-8", "backslashreplace"))


def _open_own(name: str, flags: int) -> int:
    """Opens with mode 0600; doesn't follow links and doesn't wait for a reader of a pipe."""
    safe = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.open(name, flags | safe, 0o600)


def _named_path() -> str:
    try:
        return str(path())
    except MusicalFaceError:
        return "no log: MUSICALFACE_HOME is invalid"
