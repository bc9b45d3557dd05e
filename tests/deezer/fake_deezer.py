"""Fake Deezer server: checks every request against the contract."""

import json
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from .api import HANDLERS
from .contract import error_json, read_contract, values_of
from .media import media
from .shared import LOGIN_PAGE, BreachError, Fault, send_fault
from .state import DeezerState

COMPRESSED = "compressed"
"""An additional kind of fault: an unrequested gzip response."""


class FakeDeezer:
    """ASGI application with a `state`, which a test can replace at any time."""

    def __init__(self, state: DeezerState, folder: Path) -> None:
        self.state = state
        self._folder = folder  # of the previews

    @property
    def violations(self) -> list[str]:
        """One sentence for each request that violates the contract."""
        return self.state.violations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request, state = Request(scope, receive), self.state
        with state.lock:
            fault, response = self._respond(state, request)
        if fault and fault.kind != COMPRESSED:
            await send_fault(fault, response, scope, receive, send)
        else:
            await response(scope, receive, send)

    def _respond(self, state: DeezerState, request: Request) -> tuple[Fault | None, Response]:
        """The response, and the fault to inject before it."""
        if request.url.path == "/portal":
            state.violations.append("A redirect was followed.")
            return None, HTMLResponse(LOGIN_PAGE)
        try:
            return media_or_call(state, request, self._folder)
        except BreachError as wrong:
            state.violations.append(f"{wrong}.")
            return None, JSONResponse(error_json(wrong.refused or "parameter"))
        except Exception as error:
            state.violations.append(f"The fake server failed at {request.url.path}: {error!r}.")
            raise


def media_or_call(
    state: DeezerState, request: Request, folder: Path
) -> tuple[Fault | None, Response]:
    """The response to a request, and a fault; raises BreachError."""
    kind, found = media(state, request, folder)
    return (state.next_fault(kind), found) if found else _call(state, request)


def _call(state: DeezerState, request: Request) -> tuple[Fault | None, Response]:
    if request.method != "GET":
        raise BreachError(f"{request.method} {request.url.path}: there is no such call", "query")
    for header in ("cookie", "authorization", "referer"):
        if header in request.headers:
            raise BreachError(f"{request.url.path}: {header} was sent")
    call = read_contract().call(request.url.path)
    state.calls[call.name] += 1
    values = values_of(call, request.url.path, request.query_params.multi_items())
    state.requests.append((call.name, values))
    fault = state.next_fault(call.name)
    if state.exceeds_quota():
        return None, JSONResponse(error_json("quota"))
    answer = HANDLERS[call.name](state, values, str(request.base_url).rstrip("/"))
    headers = {"Set-Cookie": "dzr_uniq_id=1; path=/"}
    if fault and fault.kind == COMPRESSED:
        headers["Content-Encoding"] = "gzip"
    content = json.dumps(answer)
    return fault, Response(content, 200, headers, "application/json; charset=utf-8")
