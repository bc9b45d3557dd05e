"""Folder endpoint: the folders of this computer that may hold music."""

from pathlib import Path

from starlette.datastructures import State

from ..errors import InputError
from ..library.folder_browser import Listing, list_folder, list_places, music_folder
from .json_body import Document, get_text


def browse(_: State, body: Document) -> Document:
    """`POST /api/library/browse`: the folders in a folder; without one, the places to start at."""
    name = get_text(body, "folder", "")
    if not name:
        return _document(list_places())
    folder = Path(name)
    if not folder.is_absolute():
        raise InputError("'folder' must be a full path. Send one of the paths listed.")
    return _document(list_folder(folder))


def _document(listing: Listing) -> Document:
    return {
        "folder": _text(listing.path) if listing.path else None,
        "parent": _text(listing.parent) if listing.parent else None,
        "folders": [
            {"name": _name(path, listing), "path": _text(path)}
            for path in listing.folders
            if _is_text(path)
        ],
        "songs": listing.songs,
        "more": listing.is_cut,
    }


def _name(path: Path, listing: Listing) -> str:
    """The folder's name; a place has words for what it is."""
    if listing.path is None and path == music_folder():
        return "Music"
    if listing.path is None and path == Path.home():
        return "Home"
    return path.name or str(path)


def _is_text(path: Path) -> bool:
    """True if JSON can carry the path; names that aren't Unicode can't be chosen."""
    return str(path).encode("utf-8", "ignore") == str(path).encode("utf-8", "surrogateescape")


def _text(path: Path) -> str:
    return str(path).encode("utf-8", "replace").decode()
