"""Directory walk: yields the audio files below a folder one at a time."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..file_walk import walk_folder
from .find_lyrics_files import find_lyrics_files

SUFFIXES = tuple(b"." + name for name in b"mp3 m4a m4b mp4 aac flac ogg oga opus wav webm".split())
"""Files that browsers play."""

UNSUPPORTED_SUFFIXES = tuple(
    b"." + name
    for name in b"aif aiff aifc ac3 alac amr ape au caf dff dsf dts mid midi mka mp2 mpc ra spx "
    b"tak tta wma wv".split()
)
"""Audio files that browsers do not play: they are counted and listed as unreadable."""


@dataclass(frozen=True)
class AudioFile:
    """An audio file: its path in the folder, and a state that changes when the file changes."""

    path: bytes
    state: str


@dataclass(frozen=True)
class UnreadablePath:
    """An unreadable file or folder, and the reason."""

    path: bytes
    reason: str
    is_folder: bool = False


def walk_audio_files(
    root: bytes, is_excluded: Callable[[bytes], bool] = lambda path: False
) -> Iterator[AudioFile | UnreadablePath]:
    """Yields the audio files below a folder, unordered; skips what `walk_folder` skips.

    Raises nothing: yields an UnreadablePath for a folder that cannot be listed.
    """
    for item in walk_folder(root, is_excluded):
        if not item.entry:
            reason = os_error_reason(item.error or OSError())
            yield UnreadablePath(item.path, reason, is_folder=True)
        elif item.path.lower().endswith(SUFFIXES):
            yield _audio_file(item.entry, item.path)
        elif item.path.lower().endswith(UNSUPPORTED_SUFFIXES):
            suffix = os.path.splitext(item.path)[1][1:].lower().decode()
            yield UnreadablePath(item.path, f"{suffix} not supported")


def os_error_reason(error: OSError) -> str:
    """Returns the reason of an error, for example "permission denied"."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "disappeared during the scan"
    return (error.strerror or type(error).__name__).lower()


def _audio_file(entry: "os.DirEntry[bytes]", path: bytes) -> AudioFile | UnreadablePath:
    try:
        status = entry.stat(follow_symlinks=False)
        if not stat.S_ISREG(status.st_mode):
            return UnreadablePath(path, "not a regular file")
        return AudioFile(path, _state(status, entry.path))
    except OSError as error:
        return UnreadablePath(path, os_error_reason(error))


def _state(status: os.stat_result, full: bytes) -> str:
    return " ".join([_stat_text(status), *map(_lyrics_file_state, find_lyrics_files(full))])


def _lyrics_file_state(path: bytes) -> str:
    try:
        return _stat_text(os.lstat(path))
    except OSError:
        return "-"


def _stat_text(status: os.stat_result) -> str:
    return f"{status.st_size}:{status.st_mtime_ns}"
