"""Unexpected errors of the server: recorded, seldom where they come in floods, never printed."""

import asyncio
import errno
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from musicalface.http_server import accept_loop, errors
from musicalface.http_server.connections import Connection, Connections


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    errors_: list[BaseException] = []
    monkeypatch.setattr(errors, "record", errors_.append)
    monkeypatch.setattr(errors, "_recorded", {})
    return errors_


def test_accepting_without_descriptors_does_not_spin(
    recorded: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each failure makes one connection give way, and one in a minute is recorded."""
    monkeypatch.setattr(accept_loop, "_RETRY", 0.01)
    failures = 0

    async def sock_accept(_: socket.socket) -> None:
        nonlocal failures
        failures += 1
        raise OSError(errno.EMFILE, "Too many open files")

    async def serve() -> None:
        monkeypatch.setattr(asyncio.get_running_loop(), "sock_accept", sock_accept)
        connections = Connections(9)
        connections.add(Connection(socket.socket()))
        with socket.create_server(("127.0.0.1", 0)) as listener:
            serving = accept_loop.accept_connections(
                listener, connections, lambda _: NotImplemented, None
            )
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(serving, 0.3)
        assert len(connections) == 0

    with ThreadPoolExecutor(1) as thread:  # Playwright may run a loop in this one
        thread.submit(asyncio.run, serve()).result()
    assert 2 <= failures <= 31
    assert len(recorded) == 1


def test_peers_that_leave_are_not_recorded(recorded: list[BaseException]) -> None:
    loop = asyncio.new_event_loop()
    for error in (BrokenPipeError(), ConnectionResetError(), ConnectionAbortedError()):
        errors.record_loop_error(loop, {"message": "x", "exception": error})
    assert not recorded
    for _ in range(5):
        errors.record_loop_error(loop, {"message": "x"})
    assert len(recorded) == 1
    loop.close()
