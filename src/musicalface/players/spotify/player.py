"""Songs on the person's Spotify: on the device that they choose."""

from collections.abc import Sequence
from typing import ClassVar

from ...errors import PlayerError, SpotifyError
from ...songs.song import Song
from ..player import Can, Player
from .api import Api
from .problems import Problem, failed
from .things import Device

_DESCRIPTION = "Made by MusicalFace."


class SpotifyPlayer(Player):
    """Plays songs that have a Spotify id; raises SpotifyError and PlayerError.

    `device` is a part of the name of one of the person's devices; empty: the one that
    plays, or the only one there is.
    """

    name: ClassVar[str] = "spotify"
    needs: ClassVar[str] = "Spotify Premium and a Client ID of your own (docs/spotify.md)"
    can: ClassVar[frozenset[Can]] = frozenset(Can)

    def __init__(self, api: Api, device: str = "") -> None:
        self._api = api
        self._device = device

    def play(self, songs: Sequence[Song]) -> None:
        """Start all songs with one call; a device that has vanished meanwhile is looked up again.

        Songs without an id are left out.
        """
        ids = _ids(songs)
        try:
            self._api.play(ids, self._chosen().id)
        except SpotifyError as error:
            if error.problem != Problem.DEVICE_GONE.name:
                raise
            self._api.play(ids, self._chosen().id)

    def queue(self, song: Song) -> None:
        """Play a song after those that are queued."""
        (track_id,) = _ids([song])
        self._api.queue(track_id, self._chosen().id)

    def pause(self) -> None:
        """Be silent."""
        self._api.pause()

    def next(self) -> None:
        """Go to the next song."""
        self._api.next()

    def save(self, name: str, songs: Sequence[Song]) -> str:
        """A new playlist that stands on no profile; its address."""
        ids = _ids(songs)
        playlist = self._api.new_playlist(name, _DESCRIPTION)
        try:
            self._api.add(playlist.id, ids)
        except SpotifyError as error:
            sentence = f"{error} The playlist is there, and not full: {playlist.url}"
            raise SpotifyError(error.problem, sentence, error.until) from None
        return playlist.url

    def like(self, song: Song) -> None:
        """Add the song to the person's liked songs."""
        self._api.like(_ids([song]))

    def _chosen(self) -> Device:
        devices = [device for device in self._api.devices() if device.takes_commands]
        if not devices:
            raise failed(Problem.NO_DEVICE)
        return self._named(devices) if self._device else _likeliest(devices)

    def _named(self, devices: Sequence[Device]) -> Device:
        wanted = self._device.casefold()
        exact = [device for device in devices if device.name.casefold() == wanted]
        alike = exact or [device for device in devices if wanted in device.name.casefold()]
        if len(alike) != 1:
            how_many = "Several devices are" if alike else "No device is"
            raise PlayerError(f"{how_many} called {self._device}: there is {_names(devices)}.")
        return alike[0]


def _likeliest(devices: Sequence[Device]) -> Device:
    active = [device for device in devices if device.is_active]
    if not active and len(devices) > 1:
        raise failed(Problem.WHICH_DEVICE, _names(devices))
    return (active or devices)[0]


def _names(devices: Sequence[Device]) -> str:
    return " or ".join(f'"{device.name}"' for device in devices)


def _ids(songs: Sequence[Song]) -> list[str]:
    ids = [song.spotify_id for song in songs if song.spotify_id]
    if not ids:
        raise PlayerError("Spotify has none of these songs: ask for others, or follow the links.")
    return ids
