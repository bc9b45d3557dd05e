"""JSON endpoints, and errors as JSON responses."""

from collections.abc import Awaitable, Callable
from typing import Any

from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import DeezerError, InputError, PlayerError
from ..http_server.errors import error_response
from ..http_server.request_bodies import RequestError
from ..players.deezer.song_json import deezer_error_response
from .error_messages import error_message
from .json_body import Document, read_json

Work = Callable[[Any, Document], Document]
Endpoint = Callable[[Request], Awaitable[Response]]
_STATUS_BY_ERROR = (
    (PlayerError, (409, "player")),
    (InputError, (400, "input")),
    (OSError, (500, "system")),
)
_DEFAULT_STATUS = (500, "damaged")


def json_endpoint(work: Work) -> Endpoint:
    """Make an endpoint that calls `work(state, body)` in a thread and returns its JSON."""

    async def endpoint(request: Request) -> Response:
        body = await read_json(request)
        return JSONResponse(await run_sync(work, request.app.state, body))

    return endpoint


def on_known_error(request: Request, error: Exception) -> Response:
    """The response to a MusicalFaceError or an OSError."""
    if isinstance(error, RequestError):
        headers = {"Retry-After": "1"} if error.status == 503 else None
        return error_response(error.status, error.code, str(error), headers)
    if isinstance(error, DeezerError):
        return deezer_error_response(error, error_message(error))
    status, code = next(
        (answer for kind, answer in _STATUS_BY_ERROR if isinstance(error, kind)), _DEFAULT_STATUS
    )
    return error_response(
        status, str(getattr(error, "problem", code)).lower(), error_message(error)
    )


def on_unknown_route(request: Request, error: Exception) -> Response:
    """The response to an unknown path or method: 404 or 405."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    headers = dict(getattr(error, "headers", None) or {})
    if "Allow" in headers:
        headers["Allow"] = ", ".join(sorted(headers["Allow"].split(", ")))
        return error_response(status, "unknown", "This method isn't allowed here.", headers)
    return error_response(status, "unknown", "Not found.", headers)
