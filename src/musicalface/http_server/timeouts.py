"""Timeouts: a deadline for each phase of a connection, renewed with each request."""

from enum import Enum

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


class Phase(Enum):
    """Phase of a connection."""

    HANDSHAKE = "handshake"  # TLS
    HEAD = "head"  # waiting for the first request, or for the rest of a request's head
    IDLE = "idle"  # between two requests
    BODY = "body"  # receiving a request's body
    RESPONSE = "response"  # the app handles the request
    WRITE = "write"  # the peer does not read the response
    SOCKET = "socket"  # a WebSocket, which has its own pings
    CLOSING = "closing"  # closing, with unsent data


LIMITS = {
    Phase.HANDSHAKE: 10.0,
    Phase.HEAD: 10.0,
    Phase.IDLE: 10.0,
    Phase.BODY: 10.0,
    Phase.WRITE: 10.0,
    Phase.CLOSING: 5.0,
}
"""Seconds after which a connection is aborted; other phases have no deadline."""

TRUSTED = {
    Phase.HEAD: 10.0,
    Phase.IDLE: 30.0,
    Phase.BODY: 75.0,  # longer than BodyReader waits, so that it can respond
    Phase.CLOSING: 60.0,
}
"""The same for authenticated connections. No WRITE deadline: a paused song stops reading."""


class TimedProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 protocol, with its current phase."""

    pauses = 0

    def pause_writing(self) -> None:
        """Count the pauses: each one starts a new deadline for a slow reader."""
        super().pause_writing()
        self.pauses += 1

    @property
    def has_transport(self) -> bool:
        """True if the TLS handshake is done."""
        return getattr(self, "transport", None) is not None

    @property
    def phase(self) -> Phase:
        """The current phase."""
        if not self.has_transport:
            return Phase.HANDSHAKE
        if self.transport.is_closing():
            return Phase.CLOSING
        if self.transport.get_protocol() is not self:
            return Phase.SOCKET
        if self.flow.write_paused:
            return Phase.WRITE
        return self._reading_phase

    @property
    def _reading_phase(self) -> Phase:
        if self.conn.their_state is h11.SEND_BODY:
            return Phase.BODY
        request = getattr(self, "cycle", None)
        if request and not request.response_complete:
            return Phase.RESPONSE
        return Phase.HEAD if not request or self.conn.trailing_data[0] else Phase.IDLE

    @property
    def moment(self) -> tuple[Phase, object, int]:
        """Phase, request and pause count; a change of any starts a new deadline."""
        return self.phase, self.cycle, self.pauses
