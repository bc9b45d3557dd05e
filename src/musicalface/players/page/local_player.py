"""Local player: the user's audio files on a local page, in an <audio> element."""

import stat
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from ...sentences import sentence
from ...songs.song import Song
from .page_player import PagePlayer
from .play_queue import PlayQueue, Row, song_of_number
from .server import Page, not_found

_POLICY = (
    "default-src 'none'; img-src 'self' blob:; connect-src 'self'; style-src 'self'; "
    "script-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
MEDIA_TYPES = {
    ".aac": "audio/aac",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "audio/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".webm": "audio/webm",
}


ReadCover = Callable[[Path], bytes | None]


class LocalPlayer(PagePlayer):
    """Plays the user's files; the page requests them by song number, never by path.

    `read_cover` returns the cover of a file as a small JPEG, or None.
    """

    name: ClassVar[str] = "local"
    needs: ClassVar[str] = "music files in your library and a browser"

    def __init__(self, title: str = "", read_cover: ReadCover = lambda _: None) -> None:
        queue = PlayQueue()
        values = {
            "title": title,
            "output": "audio",
            "api": "",
            "note": sentence("terminal_page.files"),
        }
        routes = [
            Route("/audio/{number}", partial(_audio, queue)),
            Route("/covers/{number}", partial(_cover, queue, read_cover)),
        ]
        super().__init__(queue, Page(queue, _row, values, _POLICY, routes))

    def play(self, songs: Sequence[Song]) -> None:
        """Play the songs that have a file, in order."""
        super().play([song for song in songs if song.file])


def _row(number: int, song: Song) -> Row:
    return {
        "number": number,
        "artist": song.artist,
        "title": song.title,
        "mood": song.mood.value,
        "spotify_id": None,
        "deezer_id": None,
        "links": None,
        "sound": {"kind": "file", "address": f"audio/{number}"},
        "embed": None,
        "cover": f"covers/{number}",
    }


def _audio(queue: PlayQueue, request: Request) -> Response:
    """The file, or the requested range of it (RFC 9110), which seeking needs."""
    file = _file(queue, request)
    if file is None:
        return PlainTextResponse("This file no longer exists.", status_code=404)
    return FileResponse(file, media_type=MEDIA_TYPES.get(file.suffix.lower()))


def _cover(queue: PlayQueue, read_cover: ReadCover, request: Request) -> Response:
    file = _file(queue, request)
    cover = read_cover(file) if file else None
    if not cover:
        return not_found("This file has no cover.")
    return Response(cover, media_type="image/jpeg")


def _file(queue: PlayQueue, request: Request) -> Path | None:
    song = song_of_number(queue, request.path_params["number"])
    return song.file if song and song.file and _is_playable(song.file) else None


def _is_playable(file: Path) -> bool:
    """True for a readable regular file without symlinks in its path."""
    try:
        if not stat.S_ISREG(file.lstat().st_mode) or file.resolve() != file:
            return False
        with file.open("rb"):
            return True
    except OSError:
        return False
