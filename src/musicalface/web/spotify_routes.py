"""Spotify endpoints: login, devices, playback, likes and playlists."""

from collections.abc import Callable
from functools import wraps

from starlette.datastructures import State

from ..errors import InputError, SpotifyError
from ..mood import MoodScores
from ..players.spotify.api import SpotifyApi
from ..players.spotify.api_objects import PlaybackState, Track
from ..players.spotify.client import SpotifyClient
from ..players.spotify.spotify_player import SpotifyPlayer
from ..songs import Song
from .error_messages import error_message
from .json_body import Document, get_decimal, get_number, get_text, get_texts

_NEUTRAL = MoodScores.of((0.25, 0.25, 0.25, 0.25))
MAX_POSITION = 24 * 3600
"""Seconds."""

Handler = Callable[[State, Document], Document]


def status(state: State, _: Document) -> Document:
    """`GET /api/spotify`."""
    login: Document = state.spotify_login.state()
    name = None
    if login["state"] == "logged_in":
        try:
            with SpotifyClient() as session:
                name = SpotifyApi(session).me()
        except SpotifyError as error:
            login["message"] = error_message(error)
    return {**login, "name": name}


def log_in(state: State, body: Document) -> Document:
    """`POST /api/spotify/login`."""
    return {"address": state.spotify_login.log_in(get_text(body, "client_id", ""))}


def log_out(state: State, body: Document) -> Document:
    """`POST /api/spotify/logout`."""
    state.spotify_login.log_out()
    state.deezer.erase()
    return status(state, body)


def _with_api(work: Callable[[SpotifyApi, Document], Document]) -> Handler:
    @wraps(work)
    def call(_: State, body: Document) -> Document:
        with SpotifyClient() as session:
            return work(SpotifyApi(session), body)

    return call


@_with_api
def devices(api: SpotifyApi, _: Document) -> Document:
    """`GET /api/spotify/devices`: the devices that accept commands."""
    controllable = [device for device in api.devices() if device.is_controllable]
    return {
        "devices": [
            {
                "id": each.id,
                "name": each.name,
                "kind": each.kind,
                "active": each.is_active,
                "volume": each.volume,
            }
            for each in controllable
        ]
    }


@_with_api
def play(api: SpotifyApi, body: Document) -> Document:
    """`POST /api/spotify/play`; resumes if `ids` is empty."""
    tracks = _tracks(get_texts(body, "ids"))
    if tracks:
        SpotifyPlayer(api, get_text(body, "device", "")).play(tracks)
    else:
        api.resume()
    return {}


@_with_api
def pause(api: SpotifyApi, _: Document) -> Document:
    """`POST /api/spotify/pause`."""
    api.pause()
    return {}


@_with_api
def next_song(api: SpotifyApi, _: Document) -> Document:
    """`POST /api/spotify/next`."""
    api.next()
    return {}


@_with_api
def previous_song(api: SpotifyApi, _: Document) -> Document:
    """`POST /api/spotify/previous`."""
    api.previous()
    return {}


@_with_api
def seek(api: SpotifyApi, body: Document) -> Document:
    """`POST /api/spotify/seek`; `position` is in seconds."""
    api.seek(get_decimal(body, "position", 0, MAX_POSITION))
    return {}


@_with_api
def volume(api: SpotifyApi, body: Document) -> Document:
    """`POST /api/spotify/volume`; `volume` is a percentage."""
    api.set_volume(get_number(body, "volume", -1, 0, 100))
    return {}


@_with_api
def like(api: SpotifyApi, body: Document) -> Document:
    """`POST /api/spotify/like`."""
    for song in _tracks([get_text(body, "id")]):
        SpotifyPlayer(api).like(song)
    return {}


@_with_api
def playlist(api: SpotifyApi, body: Document) -> Document:
    """`POST /api/spotify/playlist`."""
    tracks = _tracks(get_texts(body, "ids"))
    return {"url": SpotifyPlayer(api).save(get_text(body, "name"), tracks)}


@_with_api
def playing(api: SpotifyApi, _: Document) -> Document:
    """`GET /api/spotify/playing`; an episode has neither id nor title."""
    playback = api.playing()
    return {"playing": playback and _playback_document(playback)}


def _playback_document(playback: PlaybackState) -> Document:
    track = playback.track or Track("", "", ())
    return {
        "title": track.title,
        "artist": ", ".join(track.artists),
        "id": track.id,
        "cover": track.cover or None,
        "paused": not playback.is_playing,
        "position": playback.seconds,
        "seconds": track.seconds or None,
        "volume": playback.device.volume if playback.device else None,
        "device": playback.device.name if playback.device else None,
    }


def _tracks(ids: list[str]) -> list[Song]:
    if not all(each.isascii() and each.isalnum() for each in ids):
        raise InputError("That isn't a Spotify id. Send only letters and digits.")
    return [Song("", "", _NEUTRAL, spotify_id=each) for each in ids]
