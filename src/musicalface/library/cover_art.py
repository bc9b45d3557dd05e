"""Cover art of an audio file: from its tags, or a picture beside it."""

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from ..cover_thumbnail import MAX_BYTES, thumbnail
from .audio_tags import Unreadable, read_images
from .safe_paths import safe_open

MAX_NAMES = 10_000
"""Names of a folder that are searched for a picture."""

_NAMES = ("cover", "folder", "front", "album")
_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")


def read_cover(root: bytes, path: bytes) -> bytes | None:
    """The cover of an audio file below a folder, as a JPEG of at most 256 pixels; None without one.

    Pictures in the tags come first, the front cover before others.
    """
    return next(filter(None, map(thumbnail, _pictures(root, path))), None)


def read_cover_of(file: Path) -> bytes | None:
    """The cover of an audio file, like `read_cover`."""
    return read_cover(os.fsencode(file.parent), os.fsencode(file.name))


def _pictures(root: bytes, path: bytes) -> Iterator[bytes]:
    with suppress(OSError, Unreadable):
        yield from read_images(root, path)
    folder = os.path.split(path)[0]
    for name in _sibling_pictures(os.path.join(root, folder)):
        with suppress(OSError), safe_open(root, os.path.join(folder, name)) as file:
            yield file.read(MAX_BYTES + 1) or b""


def _sibling_pictures(folder: bytes) -> list[bytes]:
    """The names of a folder's cover pictures, the most common name first."""
    with suppress(OSError), os.scandir(folder) as entries:
        found = [entry.name for entry in islice(entries, MAX_NAMES)]
        return sorted((name for name in found if _rank(name) < len(_NAMES)), key=_rank)
    return []


def _rank(name: bytes) -> int:
    """The position of a name in _NAMES; len(_NAMES) for other names."""
    stem, suffix = os.path.splitext(os.fsdecode(name).lower())
    return _NAMES.index(stem) if stem in _NAMES and suffix in _SUFFIXES else len(_NAMES)
