"""Browser player: Deezer's previews and Spotify's embedded player on a local page, no account."""

from functools import partial
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ...errors import DeezerError
from ...sentences import sentence
from ...songs.song import Song
from ...stored_settings import is_offline
from ..deezer import DeezerPlayer, preview_origins
from ..deezer.song_json import deezer_error_response, preview_document
from ..song_links import EMBED_API, EMBED_ORIGINS, embed_url, service_links
from .page_player import PagePlayer
from .play_queue import PlayQueue, Row, song_of_number
from .server import Page, not_found

_POLICY = (
    "default-src 'none'; img-src 'self' blob:; connect-src 'self'; style-src 'self'; "
    "media-src {previews}; "
    f"script-src 'self' {EMBED_ORIGINS}; frame-src {EMBED_ORIGINS}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class BrowserPlayer(PagePlayer):
    """Plays previews from Deezer, or songs in Spotify's embedded player."""

    name: ClassVar[str] = "browser"
    needs: ClassVar[str] = "a browser and an internet connection"

    def __init__(self, title: str = "") -> None:
        queue, deezer = PlayQueue(), DeezerPlayer()
        values = {
            "title": title,
            "output": "deezer",
            "api": EMBED_API,
            "note": sentence("terminal_page.previews"),
        }
        routes = [
            Route("/previews/{number}", partial(_preview, queue, deezer), methods=["POST"]),
            Route("/covers/{number:int}", partial(_cover, deezer)),
        ]
        policy = _POLICY.format(previews=" ".join(preview_origins()))
        super().__init__(queue, Page(queue, _row, values, policy, routes, deezer.close))


def _row(number: int, song: Song) -> Row:
    offline = is_offline()
    return {
        "number": number,
        "artist": song.artist,
        "title": song.title,
        "mood": song.mood.value,
        "spotify_id": song.spotify_id or None,
        "deezer_id": song.deezer_id or None,
        "links": service_links(song),
        "sound": None if offline else {"kind": "deezer", "address": f"previews/{number}"},
        "embed": embed_url(song) if song.spotify_id and not offline else None,
        "cover": None,
    }


def _preview(queue: PlayQueue, deezer: DeezerPlayer, request: Request) -> Response:
    song = song_of_number(queue, request.path_params["number"])
    if song is None:
        return not_found("This song isn't in the list.")
    try:
        return JSONResponse(preview_document(deezer.preview(song), "covers"))
    except DeezerError as error:
        return deezer_error_response(error)


def _cover(deezer: DeezerPlayer, request: Request) -> Response:
    try:
        content = deezer.covers.cover(request.path_params["number"])
    except DeezerError as error:
        return deezer_error_response(error)
    return Response(content, media_type="image/jpeg")
