"""Audio tags: reads artist, title, lyrics, mood and pictures from an audio file."""

import os
from dataclasses import dataclass
from io import BufferedReader, FileIO
from typing import TYPE_CHECKING

from ..audio.formats import HEAD, kind_of
from .ape_tags import read_ape_tags
from .artist_and_title import Names, name_candidates
from .directory_walk import os_error_reason
from .mood_fusion import Evidence
from .mood_tags import read_mood_tags
from .safe_paths import safe_open
from .song_lyrics import find_lyrics

if TYPE_CHECKING:
    from tinytag import TinyTag

_MAX_BYTES = 32_000_000
_UNTAGGED = ("aac", "webm")
_MOOD_TAGS = ("mood", "tmoo", "wm/mood")


@dataclass(frozen=True)
class AudioTags:
    """The tags of a song; missing values are empty."""

    artist: str
    title: str
    lyrics: str
    mood_tag: Evidence | None = None
    candidates: tuple[Names, ...] = ()  # readings of artist and title; the first is the above


class Unreadable(Exception):  # noqa: N818  a result that the scan counts, not a program error
    """An audio file is unreadable; the text is the reason."""


def read_tags(root: bytes, path: bytes) -> AudioTags:
    """Reads an audio file's tags, and the lyrics in them or in a file next to it.

    Reads at most 32 MB of a file. Raises Unreadable.
    """
    try:
        with safe_open(root, path) as file:
            tag = _parse(file)
            ape = read_ape_tags(file) if path.lower().endswith(b".mp3") else {}
    except OSError as error:
        raise Unreadable(os_error_reason(error)) from None
    artists = [tag.artist or ape.get("artist", ""), *tag.other.get("artist", ())]
    title, album_artist = tag.title or ape.get("title", ""), tag.albumartist or ""
    names = name_candidates(path, list(filter(None, artists)), title, album_artist)
    texts = {**tag.other, **{name: [text] for name, text in ape.items()}}
    mood_tag = read_mood_tags(
        value for name in _MOOD_TAGS for value in tag.other.get(name) or () if value
    )
    lyrics = find_lyrics(root, path, texts)
    return AudioTags(*names[0], lyrics, mood_tag, tuple(names))


def read_images(root: bytes, path: bytes) -> list[bytes]:
    """Returns the pictures in an audio file's tags, the front cover first.

    Reads at most 32 MB of the file. Raises OSError and Unreadable.
    """
    with safe_open(root, path) as file:
        found = _parse(file, image=True).images
    return [each.data for each in (found.front_cover, found.any) if each and each.data]


def _parse(file: FileIO, *, image: bool = False) -> "TinyTag":
    from tinytag import ParseError, TinyTag, UnsupportedFormatError

    if not os.fstat(file.fileno()).st_size:
        raise Unreadable("empty")
    reader = _LimitedReader(file)
    try:
        # The format is detected by content, not by name.
        return TinyTag.get(file_obj=reader, duration=False, image=image)
    except UnsupportedFormatError:
        return _untagged(file)
    except ParseError:
        raise Unreadable("damaged") from None
    finally:
        reader.detach()  # the caller closes the file


def _untagged(file: FileIO) -> "TinyTag":
    """Returns empty tags for a format that has none or that tinytag does not know."""
    from tinytag import TinyTag

    file.seek(0)
    kind = kind_of(file.read(HEAD))
    if kind is None or kind.name not in _UNTAGGED:
        raise Unreadable("unknown audio format")
    return TinyTag()


class _LimitedReader(BufferedReader):
    """A file reader that stops after _MAX_BYTES in total, regardless of seeks."""

    def __init__(self, file: FileIO) -> None:
        super().__init__(file)
        self._left = _MAX_BYTES

    def read(self, size: int | None = -1, /) -> bytes:
        """Reads like a file; every call uses up the limit, so that no parser loop is endless."""
        limit = self._left if size is None or size < 0 else min(size, self._left)
        content = super().read(limit)
        self._left = max(0, self._left - len(content) - 1)
        return content
