"""Folder browser: lists the folders below the user's home folder and on mounted drives."""

import os
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from platformdirs import user_music_path

from ..errors import InputError
from ..file_walk import SYSTEM_FOLDERS
from .directory_walk import SUFFIXES

MAX_ENTRIES = 10_000
"""Names that are read of a folder."""

MAX_FOLDERS = 500
"""Folders that are listed of a folder."""

_MOUNTS = ("/media", "/run/media", "/mnt", "/Volumes")


@dataclass(frozen=True)
class Listing:
    """A folder: the folders in it by name, and the number of sound files directly in it.

    `path` and `parent` are None for the list of places. `is_cut` is True if there are more
    folders than are listed.
    """

    path: Path | None
    parent: Path | None
    folders: list[Path]
    songs: int = 0
    is_cut: bool = False


def music_folder() -> Path | None:
    """The user's music folder, if there is one."""
    folder = user_music_path()
    return folder if _is_folder(folder) and folder != Path.home() else None


def list_places() -> Listing:
    """Where to start: the music folder, the home folder, and the drives."""
    music = music_folder()
    places = [*([music] if music else []), Path.home(), *_drives()]
    return Listing(None, None, [place for place in places if _is_folder(place)])


def list_folder(folder: Path) -> Listing:
    """Lists a folder, without hidden and system folders, and links that leave the places.

    Raises InputError if it is outside the places of `list_places`, hidden, or can't be read.
    """
    real = _resolved(folder)
    place = _place_of(real)
    if place is None:
        raise InputError(
            "Only folders in your home folder and on drives are shown. Enter the path instead."
        )
    try:
        with os.scandir(real) as entries:
            read = list(islice(entries, MAX_ENTRIES + 1))
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise InputError(f"{folder} can't be opened ({reason}). Choose another folder.") from None
    folders = sorted(_folders(read), key=lambda each: each.name.casefold())
    songs = sum(os.fsencode(entry.name).lower().endswith(SUFFIXES) for entry in read)
    is_cut = len(read) > MAX_ENTRIES or len(folders) > MAX_FOLDERS
    parent = None if real == place else real.parent
    return Listing(real, parent, folders[:MAX_FOLDERS], songs, is_cut)


def _folders(entries: Iterable["os.DirEntry[str]"]) -> Iterator[Path]:
    for entry in entries:
        path = Path(entry.path)
        if _is_hidden(entry.name) or not _is_folder(path):
            continue
        if not entry.is_symlink() or _place_of(_resolved(path)):
            yield path


def _place_of(real: Path) -> Path | None:
    """The largest place that a resolved path is in; None if there is none or a name is hidden."""
    for place in map(_resolved, _roots()):
        if real.is_relative_to(place) and not any(map(_is_hidden, real.relative_to(place).parts)):
            return place
    return None


def _roots() -> list[Path]:
    music = music_folder()
    drives = [Path(mount) for mount in _MOUNTS] if os.name == "posix" else list(_drives())
    return [Path.home(), *drives, *([music] if music else [])]


def _drives() -> list[Path]:
    """The drives of Windows; elsewhere the folders in which drives are mounted, if not empty."""
    if os.name == "nt":
        return [Path(f"{letter}:\\") for letter in string.ascii_uppercase]
    return [Path(mount) for mount in _MOUNTS if _has_folders(mount)]


def _has_folders(mount: str) -> bool:
    try:
        with os.scandir(mount) as entries:
            return any(entry.is_dir() for entry in islice(entries, MAX_FOLDERS))
    except OSError:
        return False


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or os.fsencode(name).lower() in SYSTEM_FOLDERS


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _resolved(path: Path) -> Path:
    return Path(os.path.realpath(path))
