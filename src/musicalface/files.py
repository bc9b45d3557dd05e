"""Files that are never half-written, and their checksums."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from .errors import InputError


def sha256(path: Path) -> str:
    """The file's SHA-256, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_private(path: Path, content: bytes) -> None:
    """Replace a file by one that is its owner's alone (0600) from its first byte."""
    with written_aside(path) as aside:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(aside, flags, 0o600), "wb") as file:
            file.write(content)


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """A temporary path beside `path` that replaces it when the block ends well.

    A link is followed. Raises InputError when something other than a file is there.

    The bytes are on the disk before the rename, so that a crash leaves the old
    file or the new one. When the block raises, the temporary file is removed.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise InputError(f"{path} is no file that can be written: name another.")
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")
    try:
        yield aside
        sync(aside)
        aside.replace(path)
    except OSError as error:
        if error.filename and os.fspath(error.filename) == str(aside):
            error.filename = str(path)  # the name that the person knows
        raise
    finally:
        aside.unlink(missing_ok=True)


def refuse_to_overwrite(out: Path, inputs: Iterable[Path]) -> None:
    """Raises InputError when `out` is one of the inputs."""
    for path in inputs:
        if out.exists() and path.exists() and out.samefile(path):
            raise InputError(f"{out} is itself an input: name another file to write.")


def sync(path: Path) -> None:
    """Wait until the file's bytes are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
