"""The person's own files on a page of our own, with the browser's player."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from ...songs.song import Song
from ..player import Can, Player
from .deck import Deck, Row
from .server import Page

_POLICY = (
    "default-src 'none'; img-src 'self'; connect-src 'self'; style-src 'self'; script-src 'self'; "
    "media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
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


class LocalPlayer(Player):
    """A page that plays files; it plays when somebody has opened it.

    Files are asked for by the song's number on the page, never by a path.
    """

    name: ClassVar[str] = "local"
    needs: ClassVar[str] = "music of your own (musicalface library add) and a browser"
    can: ClassVar[frozenset[Can]] = frozenset({Can.PLAY, Can.QUEUE, Can.PAUSE, Can.NEXT})

    def __init__(self, title: str = "") -> None:
        self._deck = Deck()
        words = {"title": title, "voice": "audio", "api": "", "note": _NOTE}
        audio = Route("/audio/{number:int}", partial(_audio, self._deck))
        self.page = Page(self._deck, _row, words, _POLICY, [audio])

    def play(self, songs: Sequence[Song]) -> None:
        """Show the songs that are files, and play them one after the other."""
        self._deck.replace([song for song in songs if song.file])

    def queue(self, song: Song) -> None:
        """Play a song after the others."""
        self._deck.append(song)

    def pause(self) -> None:
        """Be silent."""
        self._deck.tell("pause")

    def next(self) -> None:
        """Go to the next song."""
        self._deck.tell("next")


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
    songs, number = deck.songs, request.path_params["number"]
    file = songs[number].file if number < len(songs) else None
    if file is None or not _can_be_read(file):
        return PlainTextResponse("This file is not there any more.", status_code=404)
    return FileResponse(file, media_type=TYPES.get(file.suffix.lower()))


def _can_be_read(file: Path) -> bool:
    """Whether it is still the file that was added, and no link to another."""
    try:
        with file.open("rb"):
            return file.is_file() and file.resolve() == file
    except OSError:
        return False
