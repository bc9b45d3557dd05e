"""Connections without the token, held or in floods, do not delay the user's requests."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

import httpx

from .measure import App, Row, running

_HELD = 400
_ANSWER = 0.2  # seconds
_FLOODERS = 4
_PAUSE = 0.05  # seconds between two requests: the app allows a client 40 per second


def sockets(folder: Path, seconds: float) -> list[Row]:
    """The slowest response to the user while others hold connections or flood the app."""
    rows = []
    for limit in (0, 256):
        under = f", at `ulimit -n {limit}`" if limit else ""
        with running(folder / f"home-sockets-{limit}", limit) as app:
            app.seconds_to_answer()
            for what, hold in (("refused", True), ("silent", False)):
                with _held(app, hold):
                    row = f"slowest answer while {_HELD} {what} connections are held{under}"
                    rows.append(Row(row, _slowest(app, seconds / 6), _ANSWER, "s"))
            with _flooded(app):
                row = (
                    f"slowest answer during a flood by {_FLOODERS} clients without the token{under}"
                )
                rows.append(Row(row, _slowest(app, seconds / 6), 5 * _ANSWER, "s"))
    return rows


def _slowest(app: App, seconds: float) -> float:
    end = time.monotonic() + seconds
    slowest = 0.0
    while time.monotonic() < end:
        slowest = max(slowest, app.seconds_to_answer())
        time.sleep(_PAUSE)
    return slowest


@contextmanager
def _held(app: App, refused: bool) -> Iterator[None]:
    """Hold connections that are idle, or were rejected and have started another request."""
    with ExitStack() as stack:
        for _ in range(_HELD):
            try:
                connection = socket.create_connection(("127.0.0.1", app.port), timeout=5)
                stack.callback(connection.close)
                if refused:
                    connection.sendall(b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n")
                    connection.recv(4096)
                    connection.sendall(b"G")
            except OSError:
                continue  # rejected at once
        yield


@contextmanager
def _flooded(app: App) -> Iterator[None]:
    ended = Event()
    threads = [Thread(target=_flood, args=(app, ended)) for _ in range(_FLOODERS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def _flood(app: App, ended: Event) -> None:
    with httpx.Client(trust_env=False, timeout=5) as client:
        while not ended.is_set():
            try:
                client.get(f"{app.origin}/api/health")
            except httpx.HTTPError:
                continue
