"""Spotify player: plays songs on one of the user's Spotify devices."""

from collections.abc import Sequence
from typing import ClassVar

from ...errors import PlayerError, SpotifyError
from ...songs.song import Song
from ..player import Capability, Player
from .api import SpotifyApi
from .api_objects import Device
from .spotify_errors import Problem, spotify_error

_DESCRIPTION = "Made by MusicalFace."


class SpotifyPlayer(Player):
    """Plays songs that have a Spotify id; raises SpotifyError and PlayerError.

    `device` is a part of the name of one of the user's devices; "" selects the active
    device, or the only one.
    """

    name: ClassVar[str] = "spotify"
    needs: ClassVar[str] = "Spotify Premium and your own Client ID"
    capabilities: ClassVar[frozenset[Capability]] = frozenset(Capability)

    def __init__(self, api: SpotifyApi, device: str = "") -> None:
        self._api = api
        self._device = device

    def play(self, songs: Sequence[Song]) -> None:
        """Start the songs that have an id; selects a device again if it has disappeared."""
        ids = _ids(songs)
        try:
            self._api.play(ids, self._select_device().id)
        except SpotifyError as error:
            if error.problem != Problem.DEVICE_GONE.name:
                raise
            self._api.play(ids, self._select_device().id)

    def queue(self, song: Song) -> None:
        """Add a song to the end of the queue."""
        (track_id,) = _ids([song])
        self._api.queue(track_id, self._select_device().id)

    def pause(self) -> None:
        """Pause playback."""
        self._api.pause()

    def next(self) -> None:
        """Skip to the next song."""
        self._api.next()

    def save(self, name: str, songs: Sequence[Song]) -> str:
        """Create a playlist that is not on the user's profile, and return its address."""
        ids = _ids(songs)
        playlist = self._api.new_playlist(name, _DESCRIPTION)
        try:
            self._api.add(playlist.id, ids)
        except SpotifyError as error:
            sentence = f"{error} The playlist is incomplete: {playlist.url}"
            raise SpotifyError(error.problem, sentence, error.until) from None
        return playlist.url

    def like(self, song: Song) -> None:
        """Add the song to the user's liked songs."""
        self._api.like(_ids([song]))

    def _select_device(self) -> Device:
        devices = [device for device in self._api.devices() if device.is_controllable]
        if not devices:
            raise spotify_error(Problem.NO_DEVICE)
        return self._device_by_name(devices) if self._device else _default_device(devices)

    def _device_by_name(self, devices: Sequence[Device]) -> Device:
        name = self._device.casefold()
        exact = [device for device in devices if device.name.casefold() == name]
        alike = exact or [device for device in devices if name in device.name.casefold()]
        if len(alike) != 1:
            how_many = "Several devices match" if alike else "No device matches"
            raise PlayerError(f"{how_many} {self._device}. Choose {_device_names(devices)}.")
        return alike[0]


def _default_device(devices: Sequence[Device]) -> Device:
    active = [device for device in devices if device.is_active]
    if not active and len(devices) > 1:
        raise spotify_error(Problem.WHICH_DEVICE, _device_names(devices))
    return (active or devices)[0]


def _device_names(devices: Sequence[Device]) -> str:
    return " or ".join(f'"{device.name}"' for device in devices)


def _ids(songs: Sequence[Song]) -> list[str]:
    ids = [song.spotify_id for song in songs if song.spotify_id]
    if not ids:
        raise PlayerError("Spotify has none of these songs. Choose others, or follow the links.")
    return ids
