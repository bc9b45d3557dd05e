"""Connection cap: limits the open connections of a server, and evicts untrusted ones first."""

import asyncio
import socket
from collections.abc import Iterator

from starlette.types import Scope

from .file_descriptors import descriptor_limit
from .timeouts import LIMITS, TRUSTED, Phase, TimedProtocol

MOST = 400
"""Upper bound of the connections of one server."""

_LEAST = 8
_SHARE = 4  # one quarter of the file descriptors for each of two servers, half for files
_EVICTABLE = (Phase.IDLE, Phase.WRITE)  # phases in which a trusted connection may be aborted


class Connection:
    """One accepted connection, from the TLS handshake to its end."""

    def __init__(self, accepted: socket.socket) -> None:
        self.socket = accepted
        self.is_trusted = False
        self.protocol: TimedProtocol | None = None
        self.task: asyncio.Task[None] | None = None
        self._is_aborted = False
        self._moment: object = object()  # equal to no other value
        self._since = 0.0

    @property
    def is_open(self) -> bool:
        """True if it still holds a file descriptor."""
        return not self._is_aborted and self.socket.fileno() >= 0

    @property
    def phase(self) -> Phase:
        """The current phase."""
        return self.protocol.phase if self.protocol else Phase.HANDSHAKE

    def enforce_deadline(self, now: float) -> None:
        """Abort if the current phase is past its deadline; `now` is in seconds."""
        moment = self.protocol.moment if self.protocol else None
        if moment != self._moment:
            self._moment, self._since = moment, now
        elif now - self._since > self._limit():
            self.abort()

    def abort(self) -> None:
        """Close the connection at once."""
        self._is_aborted = True
        if self.protocol and self.protocol.has_transport:
            self.protocol.transport.abort()
            return
        if self.task:
            self.task.cancel()
        if not self.protocol:  # the task has not started, and cannot close the socket
            self.socket.close()

    def _limit(self) -> float:
        limits = TRUSTED if self.is_trusted else LIMITS
        return limits.get(self.phase, float("inf"))


class Connections:
    """The open connections of one server, oldest first."""

    def __init__(self, most: int | None = None) -> None:
        self.most = most or most_connections()
        self._open: list[Connection] = []

    def __len__(self) -> int:
        return len(self._open)

    def __iter__(self) -> Iterator[Connection]:
        return iter(list(self._open))

    def add(self, connection: Connection) -> None:
        """Add a connection."""
        self._open.append(connection)

    def make_room(self) -> bool:
        """True if one more may be accepted; evicts one at the cap."""
        self.forget_closed()
        return len(self._open) < self.most or self.evict()

    def evict(self) -> bool:
        """Abort the oldest untrusted connection, or else an idle one; False if all are in use."""
        for connection in self._candidates():
            connection.abort()
            self.forget_closed()
            return True
        return False

    def enforce_deadlines(self, now: float) -> None:
        """Abort all connections that are past their deadline."""
        self.forget_closed()
        for connection in self:
            connection.enforce_deadline(now)

    def forget_closed(self) -> None:
        """Remove closed connections."""
        self._open = [each for each in self._open if each.is_open]

    def _candidates(self) -> Iterator[Connection]:
        yield from (each for each in self._open if not each.is_trusted)
        for phase in _EVICTABLE:
            yield from (each for each in self._open if each.phase is phase)


def most_connections() -> int:
    """The cap of one server; leaves file descriptors for files."""
    return max(_LEAST, min(MOST, descriptor_limit() // _SHARE))


def trust(scope: Scope) -> None:
    """Mark the request's connection as authenticated: untrusted ones are evicted before it."""
    connection = scope.get("state", {}).get("connection")
    if isinstance(connection, Connection):
        connection.is_trusted = True
