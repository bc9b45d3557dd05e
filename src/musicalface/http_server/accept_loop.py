"""Accept loop: accepts connections up to the cap, and enforces their deadlines."""

import asyncio
import socket
import ssl
from collections.abc import Callable
from typing import Any

from .connections import Connection, Connections
from .errors import record_seldom
from .timeouts import LIMITS, Phase, TimedProtocol

INTERVAL = 0.5
"""Seconds between two checks of the deadlines."""

_BACKLOG = 1024
_RETRY = 0.1  # seconds after a failed accept
MakeProtocol = Callable[[dict[str, Any]], TimedProtocol]


async def accept_connections(
    listener: socket.socket,
    connections: Connections,
    make_protocol: MakeProtocol,
    tls: ssl.SSLContext | None,
) -> None:
    """Accept until cancelled; failures are retried, and logged at most once a minute."""
    loop = asyncio.get_running_loop()
    listener.setblocking(False)
    listener.listen(_BACKLOG)
    while True:
        try:
            accepted, _ = await loop.sock_accept(listener)
        except OSError as error:
            record_seldom(error)
            connections.evict()  # file descriptors may be used up
            await asyncio.sleep(_RETRY)
            continue
        _begin(accepted, connections, make_protocol, tls)
        await asyncio.sleep(0)  # lets other tasks run during a flood


async def enforce_deadlines(connections: Connections) -> None:
    """Abort connections that are past their deadline, until cancelled."""
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(INTERVAL)
        connections.enforce_deadlines(loop.time())


def _begin(
    accepted: socket.socket,
    connections: Connections,
    make_protocol: MakeProtocol,
    tls: ssl.SSLContext | None,
) -> None:
    if not connections.make_room():
        accepted.close()
        return
    connection = Connection(accepted)
    connections.add(connection)
    connection.task = asyncio.create_task(_attach(connection, make_protocol, tls))


async def _attach(
    connection: Connection, make_protocol: MakeProtocol, tls: ssl.SSLContext | None
) -> None:
    def protocol() -> TimedProtocol:
        connection.protocol = make_protocol({"connection": connection})
        return connection.protocol

    try:
        await asyncio.get_running_loop().connect_accepted_socket(
            protocol,
            connection.socket,
            ssl=tls,
            ssl_handshake_timeout=LIMITS[Phase.HANDSHAKE] if tls else None,
        )
    except (OSError, ssl.SSLError):  # the peer disconnected, or doesn't use TLS
        connection.abort()
