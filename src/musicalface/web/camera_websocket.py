"""WebSocket endpoint: JPEG frames in, readings out. Drops all but the newest frame."""

import asyncio
import json
import time
from functools import partial
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from ..errors import InputError, MusicalFaceError
from ..http_server.errors import sentence_for
from .camera_session import COMMANDS, CameraSession
from .inference_pool import MAX_SOCKETS, InferencePool
from .latest_frame import LatestFrame

TRY_AGAIN_LATER = 1013
_MAX_TEXT = 200


async def camera_websocket(socket: WebSocket) -> None:
    """Serve one browser tab until it disconnects."""
    pool: InferencePool = socket.app.state.inference_pool
    await socket.accept()
    if pool.sockets >= MAX_SOCKETS:
        await socket.close(TRY_AGAIN_LATER, "too many cameras")
        return
    pool.sockets += 1
    try:
        await _CameraConnection(socket, pool).run()
    finally:
        pool.sockets -= 1


class _CameraConnection:
    """Receives frames and commands, and sends readings, on one WebSocket."""

    def __init__(self, socket: WebSocket, pool: InferencePool) -> None:
        self._socket, self._pool = socket, pool
        self._session = CameraSession(socket.app.state.neutral_face)
        self._latest_frame = LatestFrame()
        self._commands: list[str] = []

    async def run(self) -> None:
        processing = asyncio.create_task(self._process_frames())
        try:
            await self._receive()
        finally:
            processing.cancel()
            await asyncio.gather(processing, return_exceptions=True)

    async def _receive(self) -> None:
        while (message := await self._socket.receive())["type"] == "websocket.receive":
            if message.get("bytes") is not None:
                self._latest_frame.put(message["bytes"])
            else:
                await self._queue_command(message.get("text") or "")

    async def _process_frames(self) -> None:
        while True:
            message = await self._latest_frame.get()
            at = time.monotonic()
            commands, self._commands = self._commands, []
            await self._send(
                await self._pool.run(partial(_process, self._session, message, at, commands))
            )
            for result in self._session.pop_results():
                await self._send(result)

    async def _queue_command(self, text: str) -> None:
        command = _parse_command(text)
        if command in COMMANDS:
            self._commands = [*self._commands[-1:], command]  # for the next frame
        else:
            sentence = f"Unknown command. Send a frame, or {' or '.join(COMMANDS)}."
            await self._send({"type": "error", "code": "unknown", "message": sentence})

    async def _send(self, document: dict[str, Any]) -> None:
        try:
            await self._socket.send_text(json.dumps(document))
        except (WebSocketDisconnect, RuntimeError):  # disconnected while the frame was read
            raise asyncio.CancelledError from None


def _process(
    session: CameraSession, message: bytes, at: float, commands: list[str]
) -> dict[str, Any]:
    """Handle the waiting commands, then the frame; one thread at a time per session."""
    try:
        for command in commands:
            session.handle_command(command)
        return session.process_frame(message, at)
    except InputError as error:
        return {"type": "error", "code": "not_an_image", "message": str(error)}
    except MusicalFaceError as error:
        return {"type": "error", "code": "damaged", "message": str(error)}
    except Exception as error:
        return {"type": "error", "code": "broken", "message": sentence_for(error)}


def _parse_command(text: str) -> str:
    try:
        document = json.loads(text[:_MAX_TEXT])
    except ValueError:
        return ""
    return str(document.get("do")) if isinstance(document, dict) else ""
