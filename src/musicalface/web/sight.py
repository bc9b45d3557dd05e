"""The way of a frame: in by a WebSocket, out as what was seen; the newest frame, and no queue."""

import asyncio
import json
import logging
import time
from functools import partial
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from ..errors import InputError, MusicalFaceError
from .eyes import MOST_SOCKETS, Eyes
from .gaze import WISHES, Gaze

TOO_MANY = 1013
_log = logging.getLogger(__name__)
_MOST_TEXT = 200


async def sight(socket: WebSocket) -> None:
    """A tab's socket, as long as the tab is there."""
    eyes: Eyes = socket.app.state.eyes
    await socket.accept()
    if eyes.sockets >= MOST_SOCKETS:
        await socket.close(TOO_MANY, "too many cameras")
        return
    eyes.sockets += 1
    try:
        await _Line(socket, eyes).follow()
    finally:
        eyes.sockets -= 1


class _Line:
    """One socket: what comes replaces what waits, so that nothing ever queues."""

    def __init__(self, socket: WebSocket, eyes: Eyes) -> None:
        self._socket, self._eyes = socket, eyes
        self._gaze = Gaze()
        self._newest = b""
        self._there = asyncio.Event()
        self._wishes: list[str] = []

    async def follow(self) -> None:
        looking = asyncio.create_task(self._look())
        try:
            await self._listen()
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)

    async def _listen(self) -> None:
        while (message := await self._socket.receive())["type"] == "websocket.receive":
            if message.get("bytes") is not None:
                self._newest = message["bytes"]
                self._there.set()
            else:
                await self._obey(message.get("text") or "")

    async def _look(self) -> None:
        while True:
            await self._there.wait()
            self._there.clear()
            message, self._newest = self._newest, b""
            at = time.monotonic()
            wishes, self._wishes = self._wishes, []
            await self._tell(await self._eyes.run(partial(_seen, self._gaze, message, at, wishes)))
            for outcome in self._gaze.told():
                await self._tell(outcome)

    async def _obey(self, text: str) -> None:
        wish = _wish(text)
        if wish in WISHES:
            self._wishes = [*self._wishes[-1:], wish]  # for the next frame
        else:
            sentence = f"This app knows frames, and the words {' and '.join(WISHES)}."
            await self._tell({"type": "error", "code": "unknown", "message": sentence})

    async def _tell(self, document: dict[str, Any]) -> None:
        try:
            await self._socket.send_text(json.dumps(document))
        except (WebSocketDisconnect, RuntimeError):  # gone while it was looked at
            raise asyncio.CancelledError from None


def _seen(gaze: Gaze, message: bytes, at: float, wishes: list[str]) -> dict[str, Any]:
    """In one thread at a time: what was wished since the last frame, and then the frame."""
    try:
        for wish in wishes:
            gaze.obey(wish)
        return gaze.at(message, at)
    except InputError as error:
        return {"type": "error", "code": "not_an_image", "message": str(error)}
    except MusicalFaceError as error:
        return {"type": "error", "code": "damaged", "message": str(error)}
    except Exception:
        _log.exception("A frame could not be read.")
        return {"type": "error", "code": "broken", "message": "This frame could not be read."}


def _wish(text: str) -> str:
    try:
        document = json.loads(text[:_MOST_TEXT])
    except ValueError:
        return ""
    return str(document.get("do")) if isinstance(document, dict) else ""
