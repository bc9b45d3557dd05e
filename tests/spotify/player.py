"""The player's calls: devices, and what plays on them."""

from typing import Any

from .answers import RefusalError, device_json, known_json
from .things import Device, Playback
from .values import BreachError
from .world import Asked, World


def devices(world: World, asked: Asked) -> Any:
    return {"devices": [device_json(device) for device in world.devices]}


def state(world: World, asked: Asked) -> Any:
    """None when nothing plays, which is a 204."""
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


def play(world: World, asked: Asked) -> None:
    device = _device(world, asked)
    for each in world.devices:
        each.is_active = each is device
    if asked.body.get("uris"):
        world.playback = Playback(asked.body["uris"], device)
    elif world.playback:
        world.playback.is_playing = True


def queue(world: World, asked: Asked) -> None:
    _device(world, asked)
    world.queue.append(asked.query["uri"])


def pause(world: World, asked: Asked) -> None:
    _device(world, asked)
    if world.playback:
        world.playback.is_playing = False


def next_(world: World, asked: Asked) -> None:
    """What was queued comes before the rest; after the last song nothing plays."""
    _device(world, asked)
    playback = world.playback
    if not playback:
        return
    playback.position, playback.seconds = playback.position + 1, 0.0
    if world.queue:
        playback.uris.insert(playback.position, world.queue.pop(0))
    if playback.position >= len(playback.uris):
        world.playback = None


def _device(world: World, asked: Asked) -> Device:
    """The device that a command goes to; raises RefusalError, BreachError for a restricted one."""
    wanted = asked.query.get("device_id")
    device = _named(world, wanted) if wanted else _active(world)
    if device.is_restricted:
        raise BreachError(f"{asked.operation}: {device.name} is restricted, and is to be skipped")
    return device


def _named(world: World, device_id: str) -> Device:
    device = next((each for each in world.devices if each.id == device_id), None)
    if not device:
        raise RefusalError("device_not_found")
    if device.stale:
        world.devices.remove(device)
        raise RefusalError("device_not_found")
    return device


def _active(world: World) -> Device:
    for device in world.devices:
        if device.is_active and not device.stale:
            return device
    raise RefusalError("no_device")


PLAYER = {
    "devices": devices,
    "state": state,
    "play": play,
    "queue": queue,
    "pause": pause,
    "next": next_,
}
