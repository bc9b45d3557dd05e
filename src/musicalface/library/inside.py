"""Files of a folder that are its own: regular, and with no link on the way."""

import os
import stat
from io import FileIO
from pathlib import Path

_FLAGS = os.O_RDONLY | sum(
    # A link is refused, and a pipe does not wait for a writer, where the system knows how.
    getattr(os, name, 0)
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC")
)


def file_in(root: bytes, path: bytes) -> Path | None:
    """The absolute path of a file below a folder; None when it is not there, or leads out of it."""
    try:
        real = os.path.realpath(root)
        full = os.path.join(real, path)
        below = full.startswith(os.path.join(real, b"")) and os.path.realpath(full) == full
        regular = below and stat.S_ISREG(os.lstat(full).st_mode)
    except (OSError, ValueError):
        return None
    return Path(os.fsdecode(os.path.join(root, path))) if regular else None


def open_in(root: bytes, path: bytes) -> FileIO:
    """Open a file below a folder to read; raises OSError for what `file_in` does not give."""
    full = os.path.join(root, path)
    if file_in(root, path) is None:
        os.lstat(full)  # what is not there says so
        raise _other()
    file = FileIO(full, opener=lambda name, _: os.open(name, _FLAGS))
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise _other()
    return file


def _other() -> OSError:
    return OSError(0, "not a regular file")
