"""A song's words as text: decoded, and without the times at which they are sung."""

import codecs
import os
import re

from ..lyrics.tables import MOST_CHARACTERS
from .inside import open_in
from .walk import WORDS_SUFFIXES

_MOST_BYTES = 1_000_000
_TIMES = re.compile(r"[\[<]\d{1,3}:\d{2}(?:[.:]\d{1,3})?[\]>]")
_HEADERS = re.compile(
    r"^[^\S\n]*\[(?:ar|al|ti|au|by|la|length|lr|offset|re|tool|ve|#):[^\]\n]*\][^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def words_beside(root: bytes, path: bytes) -> str:
    """The words in an .lrc or .txt file beside a song, of the same stem; empty without one."""
    stem = os.path.splitext(path)[0]
    for suffix in WORDS_SUFFIXES:
        try:
            with open_in(root, stem + suffix) as file:
                content = file.read(_MOST_BYTES)
                return plain_words(decoded(content, cut=len(content) == _MOST_BYTES))
        except OSError:
            continue
    return ""


def plain_words(text: str) -> str:
    """Without the times and header tags of the LRC format; at most MOST_CHARACTERS."""
    return _TIMES.sub(" ", _HEADERS.sub("", text[:_MOST_BYTES])).strip()[:MOST_CHARACTERS]


def decoded(content: bytes, *, cut: bool = False) -> str:
    """Text in UTF-8, in UTF-16 with its mark, or else in cp1252; `cut` may be within a letter."""
    if content.startswith(_UTF_16):
        return content.decode("utf-16", "replace")
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(content, final=not cut)
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
