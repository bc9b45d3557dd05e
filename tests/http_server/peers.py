"""Client connections that stay open until the server closes them."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

REFUSED = b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n"


@contextmanager
def held(
    port: int, count: int, request: bytes = b"", more: bytes = b""
) -> Iterator[list[socket.socket]]:
    """Open connections that send a request, read its response, and send a part of the next one."""
    with ExitStack() as stack:
        yield [stack.enter_context(_peer(port, request, more)) for _ in range(count)]


def is_closed(peer: socket.socket) -> bool:
    """True if the server has closed it; discards received data."""
    peer.setblocking(False)
    try:
        while peer.recv(65536):
            pass
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def wait_until_closed(peer: socket.socket, seconds: float = 30) -> None:
    """Read until the server closes; raises TimeoutError if it does not."""
    peer.settimeout(seconds)
    with suppress(ConnectionError):
        while peer.recv(65536):
            pass


def _peer(port: int, request: bytes, more: bytes) -> socket.socket:
    peer = socket.create_connection(("127.0.0.1", port))
    peer.settimeout(20)
    with suppress(ConnectionError):  # it may have been evicted already
        if request:
            peer.sendall(request)
            peer.recv(4096)
        peer.sendall(more)
    return peer
