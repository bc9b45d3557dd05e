"""The data directory: mode 0700, temporary files removed, links in it not followed."""

import errno
import os
import re
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path

from .settings import home
from .temp_files import sweep

_OURS = re.compile(
    r"\.?(app|catalog|crash|deezer|errors|history|library|likes|log|musicalface|neutral-face|readmission"
    r"|settings|spotify)\b.*"
)
_PRIVATE = 0o700

CLOCK_TOLERANCE = 60.0
"""Seconds by which an entry may be newer than a reader's clock: another thread or process wrote
it while the reader waited for the file. Newer entries come from a clock that was ahead."""


def prepare(folder: Path) -> None:
    """Creates a folder for private files (0700 for any umask) and sweeps it once per process.

    If the data directory, or a folder in it, is readable by others, its mode becomes 0700. Raises
    OSError, also if a folder in the data directory is a link.
    """
    is_inner = folder != home() and _is_in_home(folder)
    if is_inner:
        prepare(home())
    folder.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        folder.mkdir(_PRIVATE)
        folder.chmod(_PRIVATE)
    if is_inner and folder.is_symlink():
        raise _refused(folder)
    if is_inner or folder == home():
        _tighten(folder)
        _swept(folder)


def make_folder_of(path: Path) -> None:
    """Creates the parent folder of a file; in the data directory it is private."""
    if _is_in_home(path):
        prepare(path.parent)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)


def create_private(path: Path) -> None:
    """Creates an empty file of mode 0600 in a prepared folder if it doesn't exist.

    Raises OSError, also if the path is a link or not a regular file.
    """
    prepare(path.parent)
    os.close(_opened(path, os.O_CREAT | os.O_RDWR))


def read_private(path: Path, limit: int) -> bytes:
    """Reads up to `limit` bytes of a regular file; raises OSError for links, pipes and devices."""
    with os.fdopen(_opened(path, os.O_RDONLY), "rb") as file:
        return file.read(limit)


def damaged_name(path: Path) -> Path:
    """The name under which a damaged file is set aside."""
    return path.with_name(f"{path.name}.damaged")


def _opened(path: Path, flags: int) -> int:
    """Opens a regular file without following links or blocking on a pipe."""
    if path.is_symlink():
        raise _refused(path)
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
        flags |= getattr(os, name, 0)
    handle = os.open(path, flags, 0o600)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    return handle


def resolved(path: Path) -> Path:
    """Resolves links in a path that will be written, except a link in the data directory itself."""
    target = path.parent.resolve() / path.name
    return target if _is_in_home(target) else path.resolve()


def _is_in_home(path: Path) -> bool:
    return home().resolve() in (path.parent.resolve(), path.parent.parent.resolve())


def _refused(path: Path) -> OSError:
    return OSError(errno.ELOOP, "it is a link, which is not followed; delete it", str(path))


def _tighten(folder: Path) -> None:
    """Sets mode 0700, unless MUSICALFACE_HOME is a folder that also has other, shared files."""
    with suppress(OSError):
        facts = folder.stat()
        is_open = os.name == "posix" and stat.S_IMODE(facts.st_mode) & 0o077
        if is_open and facts.st_uid == os.getuid() and _is_ours(folder):
            folder.chmod(_PRIVATE)


def _is_ours(folder: Path) -> bool:
    return folder != home() or all(_OURS.fullmatch(each.name) for each in folder.iterdir())


@cache
def _swept(folder: Path) -> None:
    sweep(folder)
