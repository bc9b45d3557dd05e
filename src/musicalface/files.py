"""File access: atomic writes, reads with limits, and checksums."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from .data_directory import make_folder_of, resolved
from .errors import InputError
from .temp_files import held_file, sweep


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_READ = os.O_RDONLY | sum(
    # If a pipe replaces the file, opening it must not block.
    getattr(os, name, 0)
    for name in ("O_NONBLOCK", "O_BINARY", "O_CLOEXEC")
)
_OPEN_ALREADY = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")


def open_file(path: Path, *, pipes: bool = False) -> BinaryIO:
    """Opens a regular file to read; raises OSError for anything else, without opening a device.

    `pipes` also allows pipes that the shell has opened, such as `<(command)`.
    """
    mode = path.stat().st_mode
    if pipes and stat.S_ISFIFO(mode) and str(path).startswith(_OPEN_ALREADY):
        return path.open("rb")
    if not stat.S_ISREG(mode):
        raise _no_file(path, mode)
    file = os.fdopen(os.open(path, _READ), "rb")
    mode = os.fstat(file.fileno()).st_mode
    if not stat.S_ISREG(mode):  # replaced since the first check
        file.close()
        raise _no_file(path, mode)
    return file


def read_bytes(path: Path, most: int) -> bytes:
    """Reads a whole regular file; raises OSError if it isn't one or has more than `most` bytes."""
    with open_file(path) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, f"more than {most:,} bytes", str(path))
    return content


def _no_file(path: Path, mode: int) -> OSError:
    if stat.S_ISDIR(mode):
        return IsADirectoryError(errno.EISDIR, "a folder, not a file", str(path))
    return OSError(errno.EINVAL, "not a regular file", str(path))


def write_private(path: Path, content: bytes) -> None:
    """Replaces a file atomically; the new one has mode 0600 from its first byte."""
    with atomic_write(path, mode=0o600) as temporary:
        temporary.write_bytes(content)


@contextmanager
def atomic_write(path: Path, mode: int = 0o666) -> Iterator[Path]:
    """Context manager: a temporary file next to `path` that replaces it if the block succeeds.

    Links are followed, except those in the data directory, which are replaced. Raises InputError
    if the path is not a regular file.

    The temporary file is synced before the rename, so a crash leaves the old file or the new one.
    If the block raises, the temporary file is removed; after a kill, the next write removes it.
    """
    path = resolved(path)
    if path.exists() and not path.is_file():
        raise InputError(f"{path} isn't a regular file. Choose another file to write.")
    make_folder_of(path)
    sweep(path.parent, path.name)
    temporary = None
    try:
        with held_file(path, mode) as temporary:
            yield temporary
            fsync_file(temporary)
            temporary.replace(path)
    except OSError as error:
        if temporary and error.filename and os.fspath(error.filename) == str(temporary):
            error.filename = str(path)  # the name that the user gave
        raise


def check_not_an_input(out: Path, inputs: Iterable[Path]) -> None:
    """Raises InputError if `out` is one of the inputs."""
    for path in inputs:
        if out.exists() and path.exists() and out.samefile(path):
            raise InputError(f"{out} is also an input. Choose another file to write.")


def fsync_file(path: Path) -> None:
    """Syncs a file to the disk (fsync)."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
