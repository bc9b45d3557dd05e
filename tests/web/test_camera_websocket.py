"""The camera WebSocket: frames, commands, limits and errors."""

import json
import struct
import time
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from PIL import Image
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from musicalface.errors import InputError
from musicalface.face import RestingFace
from musicalface.face.expression_classifier import load_expression_model
from musicalface.web.camera_session import CameraSession
from musicalface.web.frame_decoding import decode_frame
from musicalface.web.inference_pool import MAX_SOCKETS
from musicalface.web.server import AppServer
from tests.conftest import PORTRAIT
from tests.web.conftest import connect_camera, wait_until

TIMEOUT = 60  # seconds; a busy machine may need many to load the models


def test_smile_gives_a_steady_mood(app: AppServer, frame: bytes) -> None:
    with connect_camera(app) as socket:
        started = time.monotonic()
        seen: dict[str, Any] = {"mood": None}
        while not seen["mood"] and time.monotonic() - started < TIMEOUT:
            socket.send(frame)
            seen = json.loads(socket.recv(timeout=TIMEOUT))
        assert seen["mood"] == "happy"
    (face,) = seen["faces"]
    assert face["problem"] is None
    assert all(0 <= share <= 1 for share in face["box"])
    assert max(seen["expressions"], key=seen["expressions"].get) == "happy"
    assert sum(seen["scores"].values()) == pytest.approx(1, abs=0.01)
    assert seen["valence"] > 0.5
    assert seen["ms"]["total"] >= seen["ms"]["read"] > 0


def test_no_face_gives_no_mood(app: AppServer) -> None:
    gray = b"RGBA" + struct.pack("<HH", 64, 48) + bytes([90, 90, 90, 255]) * (64 * 48)
    with connect_camera(app) as socket:
        socket.send(gray)
        seen = json.loads(socket.recv(timeout=TIMEOUT))
    assert (seen["faces"], seen["scores"], seen["expressions"], seen["mood"]) == (
        [],
        None,
        None,
        None,
    )


def test_only_the_newest_frame_is_read(app: AppServer, frame: bytes) -> None:
    """A flood of frames gets a response to the newest one, not to each."""
    with connect_camera(app) as socket:
        for _ in range(100):
            socket.send(frame)
        socket.recv(timeout=TIMEOUT)
        answers = 1
        with suppress(TimeoutError):
            while True:
                socket.recv(timeout=2)
                answers += 1
    assert answers < 90


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"garbage",
        b"RGBA",
        b"RGBA" + struct.pack("<HH", 0, 0),
        b"RGBA" + struct.pack("<HH", 9999, 9999),
        b"RGBA" + struct.pack("<HH", 2, 2) + bytes(15),
        b"\xff\xd8\xff\xe0 no picture",
        b"\x89PNG\r\n\x1a\n" + bytes(40),
    ],
)
def test_invalid_frame_is_reported_and_the_next_is_read(
    app: AppServer, frame: bytes, message: bytes
) -> None:
    with pytest.raises(InputError):
        decode_frame(message)
    with connect_camera(app) as socket:
        socket.send(message)
        assert json.loads(socket.recv(timeout=TIMEOUT))["code"] == "not_an_image"
        socket.send(frame)
        assert json.loads(socket.recv(timeout=TIMEOUT))["type"] == "sight"


@pytest.mark.parametrize("text", ["", "garbage", "[]", '{"do": "harm"}', "3" * 1000, '{"do": []}'])
def test_unknown_commands(app: AppServer, frame: bytes, text: str) -> None:
    with connect_camera(app) as socket:
        socket.send(text)
        assert json.loads(socket.recv(timeout=TIMEOUT))["type"] == "error"
        socket.send(frame)
        assert json.loads(socket.recv(timeout=TIMEOUT))["type"] == "sight"


def ask(socket: ClientConnection, message: bytes) -> str | bytes:
    socket.send(message)
    return socket.recv(timeout=TIMEOUT)


def test_too_large_message_closes_only_its_socket(app: AppServer, frame: bytes) -> None:
    with connect_camera(app) as other, connect_camera(app) as socket:
        with pytest.raises(ConnectionClosed):
            ask(socket, bytes(9_300_000))
        other.send(frame)
        assert json.loads(other.recv(timeout=TIMEOUT))["type"] == "sight"


def test_raw_frames_equal_encoded_frames() -> None:
    picture = Image.open(PORTRAIT).convert("RGBA")
    raw = b"RGBA" + struct.pack("<HH", *picture.size) + picture.tobytes()
    assert (decode_frame(raw) == np.asarray(picture)[:, :, :3]).all()


def test_too_many_sockets_are_rejected(app: AppServer, frame: bytes) -> None:
    with connect_camera(app) as first:
        others = [connect_camera(app) for _ in range(MAX_SOCKETS + 4)]
        opened = [each.__enter__() for each in others]
        wait_until(lambda: sum(socket.close_code == 1013 for socket in opened) == 5)
        first.send(frame)
        assert json.loads(first.recv(timeout=TIMEOUT))["type"] == "sight"
        for each in others:
            each.__exit__(None, None, None)
    wait_until(lambda: app.app.state.inference_pool.sockets == 0)


def test_stalled_socket_does_not_block_others(app: AppServer, frame: bytes) -> None:
    with connect_camera(app), connect_camera(app) as other:
        for _ in range(3):
            other.send(frame)
            assert json.loads(other.recv(timeout=TIMEOUT))["faces"]


def test_resting_face_is_set_and_cleared(frame: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    session = CameraSession()
    session.handle_command("rest")
    for step in range(20):
        session.process_frame(frame, step / 10)
    (smiling,) = session.pop_results()
    assert (smiling["done"], "You're smiling!" in smiling["message"]) == (False, True)
    # The evidence of a face at rest replaces the evidence of the smile.
    head = load_expression_model(None).head()
    rest = RestingFace.from_log_likelihoods(np.array([head.resting], np.float32), head)
    monkeypatch.setattr(
        "musicalface.web.neutral_face.RestingFace.from_log_likelihoods",
        lambda evidence, head: rest,
    )
    session.handle_command("rest")
    for step in range(20, 40):
        seen = session.process_frame(frame, step / 10)
    (done,) = session.pop_results()
    assert done == {"type": "rest", "done": True, "before": "happy", "after": "happy"}
    assert session.pop_results() == []
    assert seen["rest"] is True
    session.handle_command("forget_rest")
    assert session.process_frame(frame, 5.0)["rest"] is False


def test_failing_frame_does_not_close_the_socket(
    app: AppServer, frame: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connect_camera(app) as socket:
        with monkeypatch.context() as broken:
            broken.setattr(CameraSession, "process_frame", lambda *_: 1 / 0)
            assert json.loads(ask(socket, frame))["code"] == "broken"
        assert json.loads(ask(socket, frame))["type"] == "sight"


def test_resting_face_without_a_face(frame: bytes) -> None:
    session = CameraSession()
    session.handle_command("rest")
    gray = b"RGBA" + struct.pack("<HH", 64, 48) + bytes([90, 90, 90, 255]) * (64 * 48)
    for step in range(20):
        session.process_frame(gray, step / 10)
    assert "couldn't see" in session.pop_results()[0]["message"]


def test_resting_face_over_the_websocket(app: AppServer, frame: bytes) -> None:
    with connect_camera(app) as socket:
        socket.send(json.dumps({"do": "rest"}))
        kinds, started = set(), time.monotonic()
        while "rest" not in kinds and time.monotonic() - started < TIMEOUT:
            socket.send(frame)
            kinds.add(json.loads(socket.recv(timeout=TIMEOUT))["type"])
    assert kinds == {"sight", "rest"}
