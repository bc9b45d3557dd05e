"""The person's Spotify, from the page."""

from collections.abc import Callable
from functools import wraps

from starlette.datastructures import State

from ..errors import InputError, SpotifyError
from ..mood import MoodScores
from ..players.spotify.api import Api
from ..players.spotify.player import SpotifyPlayer
from ..players.spotify.session import Session
from ..players.spotify.things import Playing, Track
from ..songs import Song
from .answers import Document, text, texts
from .words import sentence_of

_ANY = MoodScores.of((0.25, 0.25, 0.25, 0.25))
Work = Callable[[State, Document], Document]


def status(state: State, _: Document) -> Document:
    """`GET /api/spotify`."""
    known: Document = state.desk.state()
    name = None
    if known["state"] == "logged_in":
        try:
            with Session() as session:
                name = Api(session).me()
        except SpotifyError as error:
            known["message"] = sentence_of(error)
    return {**known, "name": name}


def log_in(state: State, asked: Document) -> Document:
    """`POST /api/spotify/login`."""
    return {"address": state.desk.log_in(text(asked, "client_id", ""))}


def log_out(state: State, asked: Document) -> Document:
    """`POST /api/spotify/logout`."""
    state.desk.log_out()
    return status(state, asked)


def _with_api(work: Callable[[Api, Document], Document]) -> Work:
    @wraps(work)
    def call(_: State, asked: Document) -> Document:
        with Session() as session:
            return work(Api(session), asked)

    return call


@_with_api
def devices(api: Api, _: Document) -> Document:
    """`GET /api/spotify/devices`: those that take commands."""
    found = [device for device in api.devices() if device.takes_commands]
    return {
        "devices": [
            {"id": each.id, "name": each.name, "kind": each.kind, "active": each.is_active}
            for each in found
        ]
    }


@_with_api
def play(api: Api, asked: Document) -> Document:
    """`POST /api/spotify/play`; without songs it goes on where it was paused."""
    tracks = _tracks(texts(asked, "ids"))
    if tracks:
        SpotifyPlayer(api, text(asked, "device", "")).play(tracks)
    else:
        api.resume()
    return {}


@_with_api
def pause(api: Api, _: Document) -> Document:
    """`POST /api/spotify/pause`."""
    api.pause()
    return {}


@_with_api
def go_on(api: Api, _: Document) -> Document:
    """`POST /api/spotify/next`."""
    api.next()
    return {}


@_with_api
def like(api: Api, asked: Document) -> Document:
    """`POST /api/spotify/like`."""
    for song in _tracks([text(asked, "id")]):
        SpotifyPlayer(api).like(song)
    return {}


@_with_api
def playlist(api: Api, asked: Document) -> Document:
    """`POST /api/spotify/playlist`."""
    tracks = _tracks(texts(asked, "ids"))
    return {"url": SpotifyPlayer(api).save(text(asked, "name"), tracks)}


@_with_api
def playing(api: Api, _: Document) -> Document:
    """`GET /api/spotify/playing`; what is no track has no id and no words."""
    found = api.playing()
    return {"playing": found and _place(found)}


def _place(found: Playing) -> Document:
    track = found.track or Track("", "", ())
    return {
        "title": track.title,
        "artist": ", ".join(track.artists),
        "id": track.id,
        "cover": track.cover or None,
        "paused": not found.sounds,
        "position": found.seconds,
    }


def _tracks(ids: list[str]) -> list[Song]:
    if not all(each.isascii() and each.isalnum() for each in ids):
        raise InputError("A Spotify id is letters and digits.")
    return [Song("", "", _ANY, spotify_id=each) for each in ids]
