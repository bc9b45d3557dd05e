"""Lyrics of a song: those in its tags and in the files next to it, each validated separately."""

import os
from collections.abc import Iterable, Iterator, Mapping

from ..lyrics.lyrics_cleaning import first_that_counts
from ..text_decoding import decode_text
from .find_lyrics_files import find_lyrics_files
from .safe_paths import safe_open

_MAX_BYTES = 1_000_000
_LYRICS_TAGS = ("lyric", "uslt", "sylt")
_OTHER_TAGS = ("lyricist", "lyrics by", "lyricsby")


def find_lyrics(root: bytes, path: bytes, tags: Mapping[str, Iterable[str]]) -> str:
    """Returns the first lyrics that can be scored, in the tags or in a file; may be empty.

    Several lyrics of a song, such as translations, are never joined. `tags` are all values by
    name. Removes times, section marks and credits (see `clean_lyrics`).
    """
    return first_that_counts(_all_lyrics(root, path, tags))


def _all_lyrics(root: bytes, path: bytes, tags: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for name, values in tags.items():
        lowered = name.lower()
        if any(each in lowered for each in _LYRICS_TAGS) and not lowered.startswith(_OTHER_TAGS):
            yield from map(str, values)
    for file in find_lyrics_files(os.path.join(root, path)):
        yield _read(root, os.path.relpath(file, root))


def _read(root: bytes, path: bytes) -> str:
    try:
        with safe_open(root, path) as file:
            content = file.read(_MAX_BYTES)
    except OSError:
        return ""
    return decode_text(content, truncated=len(content) == _MAX_BYTES)
