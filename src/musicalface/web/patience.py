"""Connections that ask nothing are closed, so that they are in nobody's way."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE = 10.0
"""Seconds in which the head of a first request must have come."""


class ImpatientProtocol(H11Protocol):
    """uvicorn's HTTP, with an end to silence."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        self._wait = self.loop.call_later(PATIENCE, self._give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._wait.cancel()
        super().connection_lost(exc)

    def _give_up(self) -> None:
        # A socket that was upgraded speaks another protocol by now.
        if self.cycle is None and self.transport.get_protocol() is self:
            self.transport.close()
