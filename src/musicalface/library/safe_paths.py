"""Safe paths: opens only regular files inside a folder, without following links."""

import os
import stat
from io import FileIO
from pathlib import Path

_FLAGS = os.O_RDONLY | sum(
    # Where supported: fails on a link, and does not block on a pipe.
    getattr(os, name, 0)
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC")
)


def safe_path(root: bytes, path: bytes) -> Path | None:
    """Returns the absolute path of a file below a folder; None if it is missing or outside."""
    try:
        real = os.path.realpath(root)
        full = os.path.join(real, path)
        below = full.startswith(os.path.join(real, b"")) and os.path.realpath(full) == full
        regular = below and stat.S_ISREG(os.lstat(full).st_mode)
    except (OSError, ValueError):
        return None
    return Path(os.fsdecode(os.path.join(root, path))) if regular else None


def safe_open(root: bytes, path: bytes) -> FileIO:
    """Opens a file below a folder for reading. Raises OSError if `safe_path` rejects it."""
    full = os.path.join(root, path)
    if safe_path(root, path) is None:
        os.lstat(full)  # raises FileNotFoundError if it is missing
        raise _not_regular()
    file = FileIO(full, opener=lambda name, _: os.open(name, _FLAGS))
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise _not_regular()
    return file


def _not_regular() -> OSError:
    return OSError(0, "not a regular file")
