"""Deezer endpoints: previews, facts and covers of songs."""

import re

from anyio.to_thread import run_sync
from starlette.datastructures import State
from starlette.requests import Request
from starlette.responses import Response

from ..errors import DeezerError, InputError
from ..http_server.errors import error_document
from ..http_server.request_bodies import RequestError
from ..identity import clean_name
from ..mood import MoodScores
from ..players import deezer
from ..players.deezer.metadata_queue import Outcome
from ..players.deezer.song_json import facts_document, preview_document
from ..players.deezer.tracks import MAX_ID
from ..songs import Song
from ..stored_settings import is_offline, load
from .json_body import Document, get_number, get_objects, get_text

MAX_SONGS = 100
FACTS_TIMEOUT = 2.0
"""Seconds after which facts that are still looked up are left out of a response."""

_COVERS = "/api/deezer/covers"
_NEUTRAL = MoodScores.of((0.25, 0.25, 0.25, 0.25))
_NUMBER = re.compile("[1-9][0-9]{0,15}")
_COVERS_OFF = "Covers and lengths from Deezer are off. Turn them on in the settings."


class DeezerServices:
    """The Deezer player of the app and its background look-ups."""

    def __init__(self) -> None:
        self.player = deezer.DeezerPlayer()
        self.background = deezer.BackgroundFacts(self.player)

    def erase(self) -> None:
        """Delete all data from Deezer."""
        self.player.covers.forget()
        deezer.erase()


def preview(state: State, body: Document) -> Document:
    """`POST /api/deezer/preview`: the preview of a song that is about to play."""
    return preview_document(state.deezer.player.preview(_song(body)), _COVERS)


def facts(state: State, body: Document) -> Document:
    """`POST /api/deezer/facts`: the facts of shown songs that are known by now."""
    songs = [_song(each) for each in get_objects(body, "songs", MAX_SONGS)]
    if not load().covers or is_offline():
        raise RequestError(409, "covers_off", _COVERS_OFF)
    outcomes = state.deezer.background.outcomes(songs, FACTS_TIMEOUT)
    return {
        "songs": [_outcome_document(outcome) for outcome in outcomes],
        "pending": None in outcomes,
    }


def erase(state: State, _: Document) -> Document:
    """`DELETE /api/deezer`: delete the facts and covers that are kept."""
    state.deezer.erase()
    return {}


async def cover(request: Request) -> Response:
    """`GET /api/deezer/covers/{number}`: the cover of a track whose facts are kept."""
    number = request.path_params["number"]
    if not _NUMBER.fullmatch(number):
        raise RequestError(404, "not_found", "That isn't a track number of Deezer.")
    content = await run_sync(request.app.state.deezer.player.covers.cover, int(number))
    return Response(content, media_type="image/jpeg")


def _outcome_document(outcome: Outcome) -> Document | None:
    if isinstance(outcome, DeezerError):
        return error_document(outcome.problem.lower(), str(outcome))
    return facts_document(outcome, _COVERS) if outcome else None


def _song(body: Document) -> Song:
    artist, title = (clean_name(get_text(body, name)) for name in ("artist", "title"))
    if not artist or not title:
        raise InputError("A song needs an artist and a title.")
    has_id = body.get("deezer_id") is not None
    number = get_number(body, "deezer_id", 0, 1, MAX_ID) if has_id else 0
    return Song(artist, title, _NEUTRAL, deezer_id=number)
