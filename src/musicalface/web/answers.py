"""JSON in, JSON out, and errors of one shape."""

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from anyio import fail_after
from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import InputError, MusicalFaceError, PlayerError
from .words import sentence_of

Document = dict[str, Any]
Work = Callable[[Any, Document], Document]
Endpoint = Callable[[Request], Awaitable[Response]]
_log = logging.getLogger(__name__)
_SLOWEST = 60.0  # seconds for a body
_KINDS = ((PlayerError, (409, "player")), (InputError, (400, "input")), (OSError, (500, "system")))
_DAMAGED = (500, "damaged")
MOST_JSON = 100_000
"""Bytes of a JSON body."""


class RefusedError(MusicalFaceError):
    """A request that is answered with a status, a code and a sentence."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.code = status, code


def refusal(status: int, code: str, sentence: str) -> Response:
    """`{"error": {"code", "message"}}`."""
    return JSONResponse({"error": {"code": code, "message": sentence}}, status)


def json_call(work: Work) -> Endpoint:
    """An endpoint: `work` is given the app's state and the JSON body, and runs in a thread."""

    async def endpoint(request: Request) -> Response:
        asked = await _asked(request)
        try:
            return JSONResponse(await run_sync(work, request.app.state, asked))
        except (MusicalFaceError, OSError):
            raise
        except Exception:
            _log.exception("%s", request.url.path)
            return broken(request)

    return endpoint


async def body_of(request: Request, most: int) -> bytes:
    """The body; raises RefusedError as soon as it is more than `most` bytes."""
    content = bytearray()
    try:
        with fail_after(_SLOWEST):
            async for piece in request.stream():
                content += piece
                if len(content) > most:
                    raise RefusedError(413, "too_large", f"{most / 1e6:g} MB is the most.")
    except TimeoutError:
        raise RefusedError(408, "too_slow", "The request did not come in time.") from None
    return bytes(content)


def told(request: Request, error: Exception) -> Response:
    """The answer to an error that was raised on purpose, or by the disk."""
    if isinstance(error, RefusedError):
        return refusal(error.status, error.code, str(error))
    status, code = next((told for kind, told in _KINDS if isinstance(error, kind)), _DAMAGED)
    return refusal(status, str(getattr(error, "problem", code)).lower(), sentence_of(error))


def unknown(request: Request, error: Exception) -> Response:
    """The answer to an address, or a method, that there is not."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    return refusal(status, "unknown", "There is nothing of this kind here.")


def broken(request: Request, error: Exception | None = None) -> Response:
    """The answer to an error of our own; what it was stands in the terminal."""
    return refusal(500, "broken", "MusicalFace has made a mistake; the terminal says which.")


async def _asked(request: Request) -> Document:
    content = await body_of(request, MOST_JSON)
    if not content:
        return {}
    try:
        asked = json.loads(content)
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict):
        raise InputError("This call takes a JSON object.")
    return asked


def text(asked: Document, name: str, default: str | None = None) -> str:
    """A text of the body; raises InputError when it is missing or something else."""
    value = asked.get(name, default)
    if not _is_text(value):
        raise InputError(f"'{name}' is a text, and it is missing here.")
    return str(value)


def flag(asked: Document, name: str) -> bool:
    """True or false of the body; false where it is missing. Raises InputError."""
    value = asked.get(name, False)
    if not isinstance(value, bool):
        raise InputError(f"'{name}' is true or false.")
    return value


def number(asked: Document, name: str, default: int, least: int, most: int) -> int:
    """A whole number of the body; raises InputError when it is none, or out of its range."""
    value = asked.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise InputError(f"'{name}' is a number from {least} to {most}.")
    return value


def texts(asked: Document, name: str, most: int = 100) -> list[str]:
    """A list of texts of the body; raises InputError."""
    value = asked.get(name)
    if not isinstance(value, list) or len(value) > most:
        raise InputError(f"'{name}' is a list of at most {most} texts.")
    if not all(_is_text(each) for each in value):
        raise InputError(f"'{name}' is a list of texts.")
    return [str(each) for each in value]


def _is_text(value: object) -> bool:
    """Without NUL, and without halves of letters, which JSON can spell and UTF-8 cannot."""
    if not isinstance(value, str) or "\0" in value:
        return False
    return value.encode("utf-8", "ignore").decode() == value
