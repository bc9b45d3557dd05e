"""Player calls of the fake server: devices and playback."""

from typing import Any

from .objects import Device, Playback
from .responses import ContractError, device_json, known_json
from .state import RecordedRequest, SpotifyState
from .values import BreachError


def devices(world: SpotifyState, recorded: RecordedRequest) -> Any:
    return {"devices": [device_json(device) for device in world.devices]}


def state(world: SpotifyState, recorded: RecordedRequest) -> Any:
    """The playback state; None (204) if nothing plays."""
    if not world.playback:
        return None
    playback = world.playback
    return {
        "device": device_json(playback.device),
        "is_playing": playback.is_playing,
        "progress_ms": round(playback.seconds * 1000),
        "item": known_json(world, playback.uri),
        "currently_playing_type": "track",
    }


def play(world: SpotifyState, recorded: RecordedRequest) -> None:
    device = _device(world, recorded)
    for each in world.devices:
        each.is_active = each is device
    if recorded.body.get("uris"):
        world.playback = Playback(recorded.body["uris"], device)
    elif world.playback:
        world.playback.is_playing = True


def queue(world: SpotifyState, recorded: RecordedRequest) -> None:
    _device(world, recorded)
    world.queue.append(recorded.query["uri"])


def pause(world: SpotifyState, recorded: RecordedRequest) -> None:
    _device(world, recorded)
    if world.playback:
        world.playback.is_playing = False


def next_(world: SpotifyState, recorded: RecordedRequest) -> None:
    """Skip to the next track: queued ones first; after the last one, playback ends."""
    _device(world, recorded)
    playback = world.playback
    if not playback:
        return
    playback.position, playback.seconds = playback.position + 1, 0.0
    if world.queue:
        playback.uris.insert(playback.position, world.queue.pop(0))
    if playback.position >= len(playback.uris):
        world.playback = None


def previous(world: SpotifyState, recorded: RecordedRequest) -> None:
    """Go back to the previous track, or to the start of the first."""
    _device(world, recorded)
    if world.playback:
        world.playback.position = max(0, world.playback.position - 1)
        world.playback.seconds = 0.0


def seek(world: SpotifyState, recorded: RecordedRequest) -> None:
    """Go to a position; after the end of the track, to the next one."""
    _device(world, recorded)
    playback = world.playback
    if playback:
        playback.seconds = recorded.query["position_ms"] / 1000
        track = world.track(playback.uri.removeprefix("spotify:track:"))
        if track and playback.seconds >= track.seconds:
            next_(world, recorded)


def volume(world: SpotifyState, recorded: RecordedRequest) -> None:
    device = _device(world, recorded)
    if device.volume is None:
        raise ContractError("no_volume")
    device.volume = recorded.query["volume_percent"]


def _device(world: SpotifyState, recorded: RecordedRequest) -> Device:
    """The device of a command; raises ContractError, or BreachError if it is restricted."""
    device_id = recorded.query.get("device_id")
    device = _named(world, device_id) if device_id else _active(world)
    if device.is_restricted:
        raise BreachError(f"{recorded.operation}: {device.name} is restricted and must be skipped")
    return device


def _named(world: SpotifyState, device_id: str) -> Device:
    device = next((each for each in world.devices if each.id == device_id), None)
    if not device:
        raise ContractError("device_not_found")
    if device.stale:
        world.devices.remove(device)
        raise ContractError("device_not_found")
    return device


def _active(world: SpotifyState) -> Device:
    for device in world.devices:
        if device.is_active and not device.stale:
            return device
    raise ContractError("no_device")


PLAYER = {
    "devices": devices,
    "state": state,
    "play": play,
    "queue": queue,
    "pause": pause,
    "next": next_,
    "previous": previous,
    "seek": seek,
    "volume": volume,
}
