"""Private JSON files of the data directory: their limit, atomic writes, and damaged ones."""

import errno
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from .data_directory import damaged_name, read_private
from .errors import InputError
from .files import write_private
from .settings import home

Content = TypeVar("Content")
_WRONG = (
    InputError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    OverflowError,
    RecursionError,
)


class DamagedFileError(Exception):
    """The content is not what the program writes."""


@dataclass(frozen=True)
class PrivateJson(Generic[Content]):
    """A file of mode 0600 in the data directory, with at most `max_bytes` of JSON.

    `parse` takes the decoded JSON and returns its content. It may raise any error that
    unchecked access to JSON raises, and InputError.
    """

    name: str
    max_bytes: int
    parse: Callable[[Any], Content]

    @property
    def path(self) -> Path:
        """Where the file is."""
        return home() / self.name

    @property
    def damaged(self) -> Path:
        """Where `read_or_set_aside` moves it."""
        return damaged_name(self.path)

    def read(self) -> Content | None:
        """Returns the content, or None without a file. Raises OSError and DamagedFileError."""
        try:
            content = read_private(self.path, self.max_bytes + 1)
        except FileNotFoundError:
            return None
        if len(content) > self.max_bytes:
            raise DamagedFileError
        return parse_json(content, self.parse)

    def read_or_set_aside(self) -> Content | None:
        """Does what `read` does, and renames a damaged file before it raises DamagedFileError."""
        try:
            return self.read()
        except DamagedFileError:
            self.path.replace(self.damaged)
            raise

    def write(self, document: object) -> None:
        """Replaces the file. Raises OSError, also for more than `max_bytes`."""
        text = json.dumps(document, ensure_ascii=False)
        content = text.encode("utf-8", "replace")  # JSON may have held half of a surrogate pair
        if len(content) > self.max_bytes:  # it could not be read again
            raise OSError(errno.EFBIG, f"more than {self.max_bytes:,} bytes", str(self.path))
        write_private(self.path, content)

    def delete(self) -> None:
        """Deletes the file, and one that was set aside. Raises OSError."""
        self.path.unlink(missing_ok=True)
        self.damaged.unlink(missing_ok=True)


def parse_json(content: bytes, parse: Callable[[Any], Content]) -> Content:
    """Decodes and parses JSON. Raises DamagedFileError if it is invalid or `parse` refuses it."""
    try:
        return parse(json.loads(content))
    except _WRONG:
        raise DamagedFileError from None
