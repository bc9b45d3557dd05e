"""The person's own files on a page of our own, with the browser's player."""

import re
import stat
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from ...songs.song import Song
from .deck import Deck, Row
from .paged import PagePlayer
from .server import Page

_POLICY = (
    "default-src 'none'; img-src 'self'; connect-src 'self'; style-src 'self'; script-src 'self'; "
    "media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_NO_SONG = 10**9
_NOTE = "Your own files, played by this browser. Nothing leaves this computer."
TYPES = {
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
}


class LocalPlayer(PagePlayer):
    """The person's own files; they are asked for by the song's number, never by a path."""

    name: ClassVar[str] = "local"
    needs: ClassVar[str] = "music of your own (musicalface library add) and a browser"

    def __init__(self, title: str = "") -> None:
        deck = Deck()
        words = {"title": title, "voice": "audio", "api": "", "note": _NOTE}
        audio = Route("/audio/{number}", partial(_audio, deck))
        super().__init__(deck, Page(deck, _row, words, _POLICY, [audio]))

    def play(self, songs: Sequence[Song]) -> None:
        """Play the songs that are files, one after the other."""
        super().play([song for song in songs if song.file])


def _row(number: int, song: Song) -> Row:
    return {
        "artist": song.artist,
        "title": song.title,
        "mood": song.mood.value,
        "link": None,
        "track": None,
        "sound": f"audio/{number}",
    }


def _audio(deck: Deck, request: Request) -> Response:
    """The file, or the range of it that is asked for (RFC 9110), so that one can seek."""
    asked = request.path_params["number"]
    songs, number = deck.songs, int(asked) if re.fullmatch("[0-9]{1,9}", asked) else _NO_SONG
    file = songs[number].file if number < len(songs) else None
    if file is None or not _can_be_read(file):
        return PlainTextResponse("This file is not there any more.", status_code=404)
    return FileResponse(file, media_type=TYPES.get(file.suffix.lower()))


def _can_be_read(file: Path) -> bool:
    """Whether it is still the file that was added, and no link to another, nor a pipe."""
    try:
        if not stat.S_ISREG(file.lstat().st_mode) or file.resolve() != file:
            return False
        with file.open("rb"):
            return True
    except OSError:
        return False
