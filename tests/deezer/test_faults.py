"""Network faults: each raises an error in bounded time, and the next song plays."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from musicalface.players.deezer import DeezerPlayer, Problem, client, deezer_player, http_transport
from musicalface.songs import Song

from .api import track_json
from .conftest import song
from .fake_deezer import COMPRESSED
from .server import Server
from .shared import Fault, faults
from .state import DeezerState
from .test_player import problem_of

BOUND = 20.0
"""Seconds for a look-up on a busy machine; its own limit is 8."""


@pytest.fixture(autouse=True)
def bounded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Short delays and time limits, and a check of the duration."""
    quick = {problem: (0.01,) * len(pauses) for problem, pauses in client.RETRY_DELAYS.items()}
    monkeypatch.setattr(client, "RETRY_DELAYS", quick)
    monkeypatch.setattr(http_transport, "READ_TIMEOUT", 1.0)
    monkeypatch.setattr(deezer_player, "TIMEOUT", 3.0)
    began = time.monotonic()
    yield
    assert time.monotonic() - began < BOUND


def error(code: object) -> Fault:
    return faults.wrong_shape({"error": {"type": "Exception", "message": "x", "code": code}})


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (faults.status(404), Problem.NOT_DEEZER),
        (faults.status(403), Problem.NOT_DEEZER),
        (faults.status(429), Problem.QUOTA),
        (faults.status(500), Problem.BUSY),
        (faults.status(503), Problem.BUSY),
        (faults.slow(4), Problem.UNREACHABLE),
        (faults.trickle(6), Problem.UNREACHABLE),
        (faults.drop(), Problem.CUT),
        (faults.login_page(), Problem.NOT_DEEZER),
        (faults.redirect_to_portal(), Problem.NOT_DEEZER),
        (faults.not_json(), Problem.UNREADABLE),
        (faults.plain_text('{"data": []}'), Problem.NOT_DEEZER),
        (faults.huge(megabytes=4), Problem.NOT_DEEZER),
        (Fault(COMPRESSED), Problem.NOT_DEEZER),
        (faults.wrong_shape(), Problem.UNREADABLE),
        (faults.wrong_shape([]), Problem.UNREADABLE),
        (faults.wrong_shape(7), Problem.UNREADABLE),
        (faults.wrong_shape({"error": "quota"}), Problem.UNREADABLE),
        (error("4"), Problem.UNREADABLE),
        (error(4), Problem.QUOTA),
        (error(200), Problem.REFUSED),
        (error(500), Problem.REFUSED),
        (error(600), Problem.REFUSED),
        (error(700), Problem.BUSY),
        (error(10**30), Problem.REFUSED),
    ],
)
def test_fault_raises_an_error_and_the_next_song_plays(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song, fault: Fault, problem: Problem
) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    following = deezer_state.add("Adele", "Hello")
    deezer_state.fail(fault, times=99)
    assert problem_of(lambda: player.preview(halo, track.id)) is problem
    assert deezer_state.calls["track"] <= 4
    deezer_state.faults.clear()
    assert player.preview(song("Adele", "Hello"), following.id).url


@pytest.mark.parametrize("fault", [error(4), error(700), faults.status(502), faults.drop()])
def test_temporary_errors_are_retried(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song, fault: Fault
) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    deezer_state.fail(fault)
    assert player.preview(halo, track.id).url
    assert deezer_state.calls["track"] == 2


def test_search_error(player: DeezerPlayer, deezer_state: DeezerState, halo: Song) -> None:
    deezer_state.error("parameter", on="search")
    assert problem_of(lambda: player.preview(halo)) is Problem.REFUSED
    deezer_state.error("no_data", on="search")
    assert problem_of(lambda: player.preview(halo)) is Problem.NOT_FOUND


def test_response_with_another_song(
    player: DeezerPlayer, deezer_state: DeezerState, fake_deezer: Server, halo: Song
) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    other = deezer_state.add("Adele", "Hello")
    wrong = track_json(deezer_state, other, fake_deezer.address)
    deezer_state.fail(faults.wrong_shape(wrong), on="track")
    assert player.preview(halo, track.id).facts.number == track.id
    deezer_state.tracks.remove(track)
    deezer_state.fail(faults.wrong_shape({"data": [wrong], "total": 1}), on="search")
    assert problem_of(lambda: player.preview(song("Sade", "By Your Side"))) is Problem.NOT_FOUND


def test_malformed_search_results_are_skipped(
    player: DeezerPlayer, deezer_state: DeezerState, fake_deezer: Server, halo: Song
) -> None:
    right = track_json(deezer_state, deezer_state.add("Beyoncé", "Halo"), fake_deezer.address)
    body = {"data": [None, 7, {}, right | {"id": -1}, right | {"title": "x" * 9999}, right]}
    deezer_state.fail(faults.wrong_shape(body), on="search")
    assert player.preview(halo).url
    deezer_state.fail(faults.wrong_shape({"data": [7, {}]}), on="search")
    assert problem_of(lambda: player.preview(song("Adele", "Hello"))) is Problem.UNREADABLE


def test_preview_on_another_host_is_rejected(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song
) -> None:
    track = deezer_state.add("Beyoncé", "Halo", preview="https://example.org/a.mp3")
    assert problem_of(lambda: player.preview(halo, track.id)) is Problem.FOREIGN


def test_cover_on_another_host_is_dropped(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song
) -> None:
    track = deezer_state.add("Beyoncé", "Halo", cover="https://example.org/a.jpg")
    preview = player.preview(halo, track.id)
    assert preview.url
    assert (preview.facts.cover, preview.facts.large_cover) == ("", "")


def test_no_connection(player: DeezerPlayer, halo: Song, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    monkeypatch.setenv("MUSICALFACE_DEEZER_API", f"http://127.0.0.1:{port}")
    assert problem_of(lambda: player.preview(halo)) is Problem.UNREACHABLE


def test_silent_server(player: DeezerPlayer, halo: Song, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setenv("MUSICALFACE_DEEZER_API", f"http://127.0.0.1:{port}")
        assert problem_of(lambda: player.preview(halo)) is Problem.UNREACHABLE


def test_slow_response_ends_at_the_deadline(fake_deezer: Server, deezer_state: DeezerState) -> None:
    deezer_state.fail(faults.trickle(6))
    requests = http_transport.Transport()
    deadline = time.monotonic() + 0.5
    assert problem_of(lambda: requests.get("/track/1", {}, deadline)) is Problem.UNREACHABLE
    assert deezer_state.calls["track"] == 1
    requests.close()


def test_endless_headers(player: DeezerPlayer, halo: Song, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each read is fast, so that only the look-up's own limit applies."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(BOUND)
        threading.Thread(target=_drip, args=(server,), daemon=True).start()
        port = server.getsockname()[1]
        monkeypatch.setenv("MUSICALFACE_DEEZER_API", f"http://127.0.0.1:{port}")
        assert problem_of(lambda: player.preview(halo)) is Problem.UNREACHABLE


def _drip(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection, suppress(OSError):  # the client has closed the connection
        connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(50):
            connection.sendall(b"x")
            time.sleep(0.1)
