"""Unexpected errors: a response with an error id, and the traceback in the log."""

import asyncio
import time
from contextlib import suppress
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect
from uvicorn.protocols.utils import ClientDisconnected

from ..crash_log import record

_SELDOM = 60.0  # seconds
_INTERNAL_ERROR = 1011  # WebSocket close code
_LEFT = (ClientDisconnect, ClientDisconnected, WebSocketDisconnect)
_recorded: dict[type[BaseException], float] = {}


def error_document(code: str, message: str) -> dict[str, Any]:
    """`{"error": {"code", "message"}}`."""
    return {"error": {"code": code, "message": message}}


def error_response(
    status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> Response:
    """The JSON response to a failed request."""
    return JSONResponse(error_document(code, message), status, headers)


def sentence_for(error: BaseException) -> str:
    """Log an unexpected error, and return a message with its id (at most 123 bytes)."""
    return f"Something went wrong (error {record(error)}). Try again; errors.log has the details."


def record_seldom(error: BaseException) -> None:
    """Log an error that may repeat quickly, at most once a minute for each type."""
    now = time.monotonic()
    if now - _recorded.get(type(error), -_SELDOM) >= _SELDOM:
        _recorded[type(error)] = now
        record(error)


def record_loop_error(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Exception handler of an event loop; ignores disconnected peers."""
    error = context.get("exception") or RuntimeError(context["message"])
    if not isinstance(error, ConnectionError):
        record_seldom(error)


class UnexpectedErrors:
    """ASGI middleware that turns every exception into a response and prints nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        has_started = False

        async def tracked_send(message: Message) -> None:
            nonlocal has_started
            has_started = True
            await send(message)

        try:
            await self._app(scope, receive, tracked_send)
        except _LEFT:
            return
        except Exception as error:
            await _answer(sentence_for(error), scope, receive, send, has_started)


async def _answer(
    sentence: str, scope: Scope, receive: Receive, send: Send, has_started: bool
) -> None:
    """Send the error, unless a response has started: uvicorn then closes the connection."""
    if scope["type"] == "websocket":
        await _close_socket(sentence, send, has_started)
    elif not has_started:
        await error_response(500, "broken", sentence)(scope, receive, send)


async def _close_socket(sentence: str, send: Send, has_started: bool) -> None:
    """Close with the message as the reason (at most 123 bytes), which the page shows."""
    with suppress(RuntimeError, *_LEFT):  # already closed
        if not has_started:
            await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": _INTERNAL_ERROR, "reason": sentence})
