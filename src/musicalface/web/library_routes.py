"""Library endpoints: folders, background scans and listening, and audio files by number."""

import re
from itertools import islice
from pathlib import Path

from anyio.to_thread import run_sync
from starlette.datastructures import State
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from ..audio.decode import has_decoder
from ..errors import InputError
from ..http_server.request_bodies import RequestError
from ..library import open_library
from ..library.folder_browser import music_folder
from ..library.listing import ListedSong
from ..mood import Mood
from ..players.page.local_player import MEDIA_TYPES
from .json_body import Document, get_flag, get_number, get_text
from .library_jobs import LibraryJobs

MAX_SONGS = 500
_NUMBER = re.compile("[0-9]{1,18}")  # SQLite's integers have 64 bits


def contents(state: State, _: Document) -> Document:
    """`GET /api/library`."""
    jobs: LibraryJobs = state.library_jobs
    with open_library() as library:
        folders, listens = library.folders(), library.listens
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
        "scanning": {"files": jobs.files} if jobs.is_scanning else None,
        "listens": listens,
        "listening": {"done": jobs.heard, "songs": jobs.due} if jobs.is_listening else None,
        "can_listen": has_decoder(),
        "suggestion": None if folders else _suggestion(),
        "message": jobs.error or None,
    }


def _suggestion() -> str | None:
    """The user's music folder, if there is one."""
    folder = music_folder()
    return str(folder) if folder else None


def add(state: State, body: Document) -> Document:
    """`POST /api/library`."""
    state.library_jobs.add(_folder(body))
    return contents(state, body)


def stop(state: State, body: Document) -> Document:
    """`POST /api/library/stop`."""
    state.library_jobs.stop()
    return contents(state, body)


def listen(state: State, body: Document) -> Document:
    """`POST /api/library/listening`: turns listening to new songs on or off."""
    if "on" not in body:
        raise InputError("'on' must be true or false.")
    state.library_jobs.set_listening(get_flag(body, "on"))
    return contents(state, body)


def songs(_: State, body: Document) -> Document:
    """`POST /api/library/songs`: songs of a mood, or of unknown mood."""
    mood, limit = _mood(body), get_number(body, "count", 100, 1, MAX_SONGS)
    with open_library() as library:
        listed = list(islice(library.list_songs(mood, limit), limit))
        total = library.count_songs(mood)
    return {"songs": [_song(each) for each in listed], "total": total}


def set_mood(_: State, body: Document) -> Document:
    """`POST /api/library/mood`: sets a song's mood by hand, or unsets it."""
    number = get_number(body, "number", 0, 1, 2**63 - 1)
    with open_library() as library:
        file = library.file(number)
        if file is None:
            raise RequestError(404, "gone", "This file no longer exists.")
        return _song(library.set_mood(file, _mood(body)))


def _mood(body: Document) -> Mood | None:
    return None if body.get("mood") is None else Mood.parse(get_text(body, "mood"))


def _song(song: ListedSong) -> Document:
    name = song.file.name.encode("utf-8", "replace").decode()
    return {
        "number": song.number,
        "artist": song.artist,
        "title": song.title or name,
        "mood": song.moods.mood.value if song.moods else None,
        "by_hand": song.evidence == "person",
        "why": song.why,
    }


def remove(state: State, body: Document) -> Document:
    """`DELETE /api/library`."""
    with open_library() as library:
        library.remove(_folder(body))
    return contents(state, body)


async def file(request: Request) -> Response:
    """`GET /api/library/files/{number}`: an audio file, or the requested range of it."""
    path = await run_sync(_file, request.path_params["number"])
    return FileResponse(path, media_type=MEDIA_TYPES.get(path.suffix.lower()))


async def cover(request: Request) -> Response:
    """`GET /api/library/files/{number}/cover`: a JPEG of at most 256 pixels."""
    content = await run_sync(_cover, request.path_params["number"])
    return Response(content, media_type="image/jpeg")


def _cover(number: str) -> bytes:
    with open_library() as library:
        content = library.cover(int(number)) if _NUMBER.fullmatch(number) else None
    if content is None:
        raise RequestError(404, "no_cover", "This file has no cover.")
    return content


def _file(number: str) -> Path:
    with open_library() as library:
        path = library.file(int(number)) if _NUMBER.fullmatch(number) else None
    if path is None:
        raise RequestError(404, "gone", "This file no longer exists.")
    return path


def _folder(body: Document) -> Path:
    name = get_text(body, "folder").strip()
    if not name:
        raise InputError("Enter a folder path, for example /home/you/Music.")
    try:
        folder = Path(name).expanduser()
    except RuntimeError:
        raise InputError(f"There's no user {name} on this computer.") from None
    if not folder.is_absolute():
        raise InputError("Enter the full path, starting with /: /home/you/Music, for example.")
    return folder
