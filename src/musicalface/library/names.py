"""Artist and title of a song, from its tags or from its file's name."""

import os
import re

from ..identity import clean_name
from .words import decoded

_NUMBER = re.compile(r"^(?:\d{1,3}\s*[-.]\s+|0\d[\s._-]+)(?=\S)")
_BETWEEN = re.compile(r"\s+[-–]\s+")


def names_of(path: bytes, artist: str, title: str, album_artist: str) -> tuple[str, str]:
    """What the tags say, else what the file's name says: `Artist - Title`, perhaps numbered."""
    stem = os.path.splitext(os.path.basename(path))[0]
    named_artist, named_title = _read(clean_name(decoded(stem)))
    by = clean_name(artist) or named_artist or clean_name(album_artist)
    return by, clean_name(title) or named_title


def _read(stem: str) -> tuple[str, str]:
    name = _NUMBER.sub("", stem)
    artist, *rest = _BETWEEN.split(name, maxsplit=1)
    return (artist, rest[0]) if rest else ("", name)
