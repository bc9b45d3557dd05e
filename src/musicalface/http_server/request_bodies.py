"""Reads request bodies into memory, with limits on size, time and total memory."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import fail_after
from starlette.requests import Request

from ..errors import MusicalFaceError

SLOWEST, STALLED = 60.0, 10.0
"""Timeouts in seconds: for a whole body, and for its next chunk."""

MOST_IN_MEMORY = 60_000_000
"""Total bytes of all bodies that are held at the same time."""


class RequestError(MusicalFaceError):
    """An error response: an HTTP status, a code and a message."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


class BodyReader:
    """Reads request bodies; together they hold at most MOST_IN_MEMORY bytes."""

    def __init__(self) -> None:
        self.held = 0  # bytes

    @asynccontextmanager
    async def read(self, request: Request, most: int) -> AsyncIterator[bytes]:
        """Read the body; its memory counts as held until the block ends.

        Raises RequestError if it has more than `most` bytes (413), arrives too slowly
        (408), or does not fit into memory (503).
        """
        _check_declared(request, most)
        body = io.BytesIO()
        try:
            await self._fill(body, request, most)
            yield body.getvalue()
        finally:
            self.held -= body.tell()

    async def _fill(self, body: io.BytesIO, request: Request, most: int) -> None:
        pieces = request.stream()
        try:
            with fail_after(SLOWEST):
                while (piece := await _next(pieces)) is not None:
                    self._check_room(len(piece), body.tell(), most)
                    self.held += body.write(piece)
        except TimeoutError:
            raise RequestError(408, "too_slow", "The request timed out. Try again.") from None

    def _check_room(self, piece: int, held: int, most: int) -> None:
        if held + piece > most:
            raise _too_large(most)
        if self.held + piece > MOST_IN_MEMORY:
            raise RequestError(503, "busy", "Too many uploads at once. Try again in a moment.")


async def _next(pieces: AsyncIterator[bytes]) -> bytes | None:
    with fail_after(STALLED):
        return await anext(pieces, None)


def _check_declared(request: Request, most: int) -> None:
    declared = request.headers.get("content-length", "0")
    if len(declared) > 18 or (declared.isdecimal() and int(declared) > most):
        raise _too_large(most)


def _too_large(most: int) -> RequestError:
    message = f"The request is larger than {most / 1e6:g} MB. Send less."
    return RequestError(413, "too_large", message)
