"""Lyrics files of a song: finds .lrc and .txt files next to it, or in a folder "Lyrics" there."""

import os
import re
from functools import lru_cache

SUFFIXES = (b".lrc", b".txt")
_FOLDER = b"lyrics"
_LANGUAGE = re.compile(rb"\.(?:([a-z]{2,3})(?:[-_][a-z]{2,4})?|[a-z0-9]{3,4})$")  # .en, or .mp3
_ENGLISH = (b"en", b"eng")
_CACHED_FOLDERS = 8
_MAX_FILES = 8

Ranked = tuple[tuple[bool, bool, int, bytes], ...]
"""Paths in a folder, the best one first: not in Lyrics, .lrc, by language."""


def find_lyrics_files(path: bytes) -> list[bytes]:
    """Returns the paths of at most eight lyrics files of a song, the most likely one first.

    For "a.mp3" these are "a.lrc", "a.mp3.lrc", "a.en.lrc", "a.txt" and so on, in any case, here
    and in a folder called Lyrics. Folders are listed once, until they change. Raises nothing.
    """
    folder, name = os.path.split(path)
    stem = os.path.splitext(name)[0].lower()
    listed, below = _list_folder(folder, _changed(folder))
    ranked = list(listed.get(stem, ()))
    for inner in below:
        inside = os.path.join(folder, inner)
        files = _list_folder(inside, _changed(inside))[0].get(stem, ())
        ranked += [(True, text, rank, os.path.join(inner, file)) for _, text, rank, file in files]
    return [os.path.join(folder, file) for *_, file in sorted(ranked)[:_MAX_FILES]]


def _changed(folder: bytes) -> int:
    try:
        return os.lstat(folder or b".").st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=_CACHED_FOLDERS)
def _list_folder(folder: bytes, changed: int) -> tuple[dict[bytes, Ranked], tuple[bytes, ...]]:
    """Returns the lyrics files of a folder by the song's stem, and the folders called Lyrics."""
    files: dict[bytes, Ranked] = {}
    below = []
    try:
        with os.scandir(folder or b".") as entries:
            for entry in entries:
                lowered = entry.name.lower()
                if lowered == _FOLDER:
                    below.append(entry.name)
                elif lowered.endswith(SUFFIXES):
                    for stem, rank in _stems(lowered):
                        found = (False, lowered.endswith(SUFFIXES[1]), rank, entry.name)
                        files[stem] = (*files.get(stem, ()), found)
    except OSError:
        pass
    return files, tuple(below)


def _stems(name: bytes) -> list[tuple[bytes, int]]:
    """Returns the stems of the songs that a lyrics file may belong to, each with its rank."""
    stem = os.path.splitext(name)[0]
    language = _LANGUAGE.search(stem)
    if not language:
        return [(stem, 0)]
    rank = 1 if language[1] in _ENGLISH else 2
    return [(stem, 0), (stem[: language.start()], rank)]
