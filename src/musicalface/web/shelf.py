"""The person's own music, from the page: folders, a scan in the background, and files by number."""

import logging
from pathlib import Path
from threading import Event, Lock, Thread

from anyio.to_thread import run_sync
from starlette.datastructures import State
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from ..errors import InputError, MusicalFaceError
from ..library import open_library
from ..players.page.local import TYPES
from .answers import Document, RefusedError, text
from .words import sentence_of

_TOO_LARGE = 2**63
_log = logging.getLogger(__name__)


_STOPPED = "Reading was stopped: add the folder again, and it goes on."


class _StoppedError(Exception):
    """The person has had enough of a scan."""


class Shelf:
    """One scan at a time, in a thread."""

    def __init__(self) -> None:
        self._lock, self._enough = Lock(), Event()
        self._scan: Thread | None = None
        self.files = 0
        self.trouble = ""

    @property
    def is_scanning(self) -> bool:
        """Whether folders are being read."""
        return bool(self._scan and self._scan.is_alive())

    def add(self, folder: Path) -> None:
        """Begin to read a folder; raises InputError while another is read, or for no folder."""
        with self._lock:
            if self.is_scanning:
                raise InputError("A folder is being read: wait until that is done.")
            if not folder.is_dir():
                raise InputError(f"There is no folder {folder}.")
            self.files, self.trouble = 0, ""
            self._enough.clear()
            self._scan = Thread(target=self._read, args=(folder,), daemon=True)
            self._scan.start()

    def stop(self) -> None:
        """End a scan; what it has read is kept."""
        self._enough.set()

    def _read(self, folder: Path) -> None:
        try:
            with open_library() as library:
                library.add([folder], progress=self._count)
        except _StoppedError:
            self.trouble = _STOPPED
        except (MusicalFaceError, OSError) as error:
            self.trouble = sentence_of(error)
        except Exception:
            _log.exception("A folder could not be read.")
            self.trouble = "The folder could not be read; the terminal says why."

    def _count(self, more: int) -> None:
        self.files += more
        if self._enough.is_set():
            raise _StoppedError


def contents(state: State, _: Document) -> Document:
    """`GET /api/library`."""
    shelf: Shelf = state.shelf
    with open_library() as library:
        folders = library.folders()
    return {
        "folders": [
            {
                "path": str(folder.path).encode("utf-8", "replace").decode(),
                "songs": folder.songs,
                "unknown": folder.unknown,
                "unreadable": sum(folder.unread.values()),
            }
            for folder in folders
        ],
        "songs": sum(folder.songs for folder in folders),
        "scanning": {"files": shelf.files} if shelf.is_scanning else None,
        "message": shelf.trouble or None,
    }


def add(state: State, asked: Document) -> Document:
    """`POST /api/library`."""
    state.shelf.add(_folder(asked))
    return contents(state, asked)


def stop(state: State, asked: Document) -> Document:
    """`POST /api/library/stop`."""
    state.shelf.stop()
    return contents(state, asked)


def remove(state: State, asked: Document) -> Document:
    """`DELETE /api/library`."""
    with open_library() as library:
        library.remove(_folder(asked))
    return contents(state, asked)


async def file(request: Request) -> Response:
    """`GET /api/library/files/{number}`: a file of the library, or the range that is asked for."""
    found = await run_sync(_file, request.path_params["number"])
    return FileResponse(found, media_type=TYPES.get(found.suffix.lower()))


def _file(number: int) -> Path:
    with open_library() as library:
        found = library.file(number) if number < _TOO_LARGE else None
    if found is None:
        raise RefusedError(404, "gone", "This file is not there any more.")
    return found


def _folder(asked: Document) -> Path:
    name = text(asked, "folder").strip()
    if not name:
        raise InputError("Type the folder's path, /home/you/Music for example.")
    try:
        folder = Path(name).expanduser()
    except RuntimeError:
        raise InputError(f"There is no such person: {name}.") from None
    if not folder.is_absolute():
        raise InputError("Type the whole path, from / on: /home/you/Music for example.")
    return folder
