"""Which players there are, and what each still needs."""

from anyio.to_thread import run_sync
from starlette.datastructures import State
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import MusicalFaceError
from ..library import open_library
from ..players.page import BrowserPlayer, LocalPlayer
from ..players.spotify.player import SpotifyPlayer
from .answers import Document

_LOG_IN = "You are not logged in to Spotify."
_ADD_MUSIC = "Your library has no songs yet: add a folder of music."


async def players(request: Request) -> Response:
    """`GET /api/players`; the embed's page has the name by which the app was called."""
    url, state = request.url, request.app.state
    embed = f"{url.scheme}://{url.hostname}:{state.embed_port}/"
    return JSONResponse({**await run_sync(_players, state), "embed": embed})


def _players(state: State) -> Document:
    is_in = state.desk.is_logged_in
    troubles = (
        (BrowserPlayer, ""),
        (SpotifyPlayer, "" if is_in else _LOG_IN),
        (LocalPlayer, _library_trouble()),
    )
    return {
        "players": [
            {
                "name": player.name,
                "needs": player.needs,
                "ready": not trouble,
                "message": trouble or None,
            }
            for player, trouble in troubles
        ]
    }


def _library_trouble() -> str:
    try:
        with open_library() as library:
            return "" if any(library.counts().values()) else _ADD_MUSIC
    except MusicalFaceError as error:
        return str(error)
