"""The audio files of a folder, one at a time, however many there are."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass

SUFFIXES = (b".mp3", b".m4a", b".flac", b".ogg", b".oga", b".opus", b".wav")
WORDS_SUFFIXES = (b".lrc", b".txt")
DEEPEST = 100
"""Folders within folders: each is an open handle while those below are read."""


@dataclass(frozen=True)
class Found:
    """An audio file by its path in the folder; its state changes when it must be read again."""

    path: bytes
    state: str


@dataclass(frozen=True)
class Unread:
    """A file, or a folder, that cannot be read, and why in words."""

    path: bytes
    reason: str
    is_folder: bool = False


def walk(root: bytes) -> Iterator[Found | Unread]:
    """What lies below a folder, in no order; links are not followed, hidden names not looked at.

    Raises nothing: a folder that cannot be listed comes as an Unread.
    """
    return _below(root, b"", 0)


def state_of(root: bytes, path: bytes) -> str:
    """Size and time of a file and of the words beside it; raises OSError."""
    return _state(os.lstat(os.path.join(root, path)), os.path.join(root, path))


def why(error: OSError) -> str:
    """The reason in words."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "vanished while it was read"
    return (error.strerror or type(error).__name__).lower()


def _below(root: bytes, folder: bytes, depth: int) -> Iterator[Found | Unread]:
    if depth > DEEPEST:
        yield Unread(folder, f"deeper than {DEEPEST} folders", is_folder=True)
        return
    try:
        with os.scandir(os.path.join(root, folder)) as entries:
            for entry in entries:
                if not entry.name.startswith(b"."):
                    yield from _of(entry, root, os.path.join(folder, entry.name), depth)
    except FileNotFoundError:
        return  # it has gone since it was listed, and its songs with it
    except OSError as error:
        yield Unread(folder, why(error), is_folder=True)


def _of(
    entry: "os.DirEntry[bytes]", root: bytes, path: bytes, depth: int
) -> Iterator[Found | Unread]:
    if entry.is_symlink():
        return
    if entry.is_dir(follow_symlinks=False):
        yield from _below(root, path, depth + 1)
    elif path.lower().endswith(SUFFIXES):
        yield _file(entry, path)


def _file(entry: "os.DirEntry[bytes]", path: bytes) -> Found | Unread:
    try:
        facts = entry.stat(follow_symlinks=False)
        if not stat.S_ISREG(facts.st_mode):
            return Unread(path, "not a regular file")
        return Found(path, _state(facts, entry.path))
    except OSError as error:
        return Unread(path, why(error))


def _state(facts: os.stat_result, full: bytes) -> str:
    stem = os.path.splitext(full)[0]
    return " ".join([_one(facts), *(_beside(stem + suffix) for suffix in WORDS_SUFFIXES)])


def _beside(path: bytes) -> str:
    try:
        return _one(os.lstat(path))
    except OSError:
        return "-"


def _one(facts: os.stat_result) -> str:
    return f"{facts.st_size}:{facts.st_mtime_ns}"
