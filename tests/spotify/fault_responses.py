"""HTTP responses of the faults."""

import asyncio
import math

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from .faults import Fault
from .responses import ContractError

LOGIN_PAGE = "<!doctype html><title>Welcome to the hotel</title><p>Please log in to the WiFi."
CHUNK = b" " * 65536
PAUSE = 0.05
"""Seconds between two bytes of a slow body."""


async def send_fault(
    fault: Fault, response: Response, scope: Scope, receive: Receive, send: Send
) -> None:
    """Send the response of a fault."""
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        await response(scope, receive, send)
    elif fault.kind in LONG:
        await LONG[fault.kind](fault, send)
    else:
        await short_answer(fault, scope)(scope, receive, send)


def short_answer(fault: Fault, scope: Scope) -> Response:
    """The response of a fault that is sent at once."""
    match fault.kind:
        case "rate_limit":
            return ContractError("rate_limit", fault.retry_after).answer().response()
        case "login_page":
            return HTMLResponse(LOGIN_PAGE)
        case "redirect_to_portal":  # another host, as with a real portal
            return RedirectResponse(f"http://localhost:{scope['server'][1]}/portal", fault.status)
        case "not_json":
            return Response("<<<", fault.status, media_type="application/json")
        case "plain_text":
            return Response(fault.body, fault.status, media_type="text/plain")
        case "wrong_shape":
            return JSONResponse(fault.body, fault.status)
    return HTMLResponse(f"<h1>{fault.status}</h1>", fault.status)


async def _send_in_part(fault: Fault, send: Send) -> None:
    """Announce 1000 bytes and send fewer, so that the server closes the connection."""
    await _start(fault, send, (b"content-length", b"1000"))
    await send({"type": "http.response.body", "body": b'{"tracks": {"ite', "more_body": True})


async def _send_much(fault: Fault, send: Send) -> None:
    await _start(fault, send)
    for _ in range(fault.megabytes * 16):
        await send({"type": "http.response.body", "body": CHUNK, "more_body": True})
    await send({"type": "http.response.body", "body": b"{}"})


async def _send_slowly(fault: Fault, send: Send) -> None:
    await _start(fault, send)
    for _ in range(math.ceil(fault.seconds / PAUSE)):
        await send({"type": "http.response.body", "body": b" ", "more_body": True})
        await asyncio.sleep(PAUSE)
    await send({"type": "http.response.body", "body": b"{}"})


async def _start(fault: Fault, send: Send, *more: tuple[bytes, bytes]) -> None:
    headers = [(b"content-type", b"application/json"), *more]
    await send({"type": "http.response.start", "status": fault.status, "headers": headers})


LONG = {"drop": _send_in_part, "huge": _send_much, "trickle": _send_slowly}
