"""What an audio file says of its song: artist, title and words."""

import os
from dataclasses import dataclass
from io import BufferedReader, FileIO
from typing import TYPE_CHECKING

from .inside import open_in
from .names import names_of
from .walk import why
from .words import plain_words, words_beside

if TYPE_CHECKING:
    from tinytag import TinyTag

_MOST_BYTES = 32_000_000
_WORDS = ("lyrics", "unsyncedlyrics", "unsynced lyrics", "uslt")


@dataclass(frozen=True)
class Tagged:
    """A song as its file names it; what is not known is empty."""

    artist: str
    title: str
    words: str


class Unreadable(Exception):  # noqa: N818  it is told, and counted, and no error of the program
    """An audio file that cannot be read; the text is the reason in words."""


def read_tags(root: bytes, path: bytes) -> Tagged:
    """Read an audio file's tags, and the words beside it where it has none itself.

    At most 32 MB of a file are read. Raises Unreadable.
    """
    try:
        with open_in(root, path) as file:
            tag = _parsed(file)
    except OSError as error:
        raise Unreadable(why(error)) from None
    artist, title = names_of(path, tag.artist or "", tag.title or "", tag.albumartist or "")
    return Tagged(artist, title, _words_of(tag) or words_beside(root, path))


def _parsed(file: FileIO) -> "TinyTag":
    from tinytag import ParseError, TinyTag, UnsupportedFormatError

    if not os.fstat(file.fileno()).st_size:
        raise Unreadable("empty")
    try:
        # By what the file holds and not by its name; its length in seconds is not needed.
        return TinyTag.get(file_obj=_Bounded(file), duration=False)
    except UnsupportedFormatError:
        raise Unreadable("no audio that is known") from None
    except ParseError:
        raise Unreadable("damaged") from None


def _words_of(tag: "TinyTag") -> str:
    said = next((tag.other[name] for name in _WORDS if name in tag.other), [])
    return plain_words("\n".join(said))


class _Bounded(BufferedReader):
    """A file that ends after so many bytes were read of it, wherever its sizes point."""

    def __init__(self, file: FileIO) -> None:
        super().__init__(file)
        self._left = _MOST_BYTES

    def read(self, size: int | None = -1, /) -> bytes:
        """As a file's; each call counts, so that no loop is endless."""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        content = super().read(wanted)
        self._left = max(0, self._left - len(content) - 1)
        return content
