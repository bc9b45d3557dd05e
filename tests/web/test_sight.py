"""Frames over a socket."""

import json
import struct
import time
from typing import Any

import numpy as np
import pytest
from PIL import Image
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from musicalface.errors import InputError
from musicalface.face import Rest
from musicalface.face.read import expression_model
from musicalface.web.eyes import MOST_SOCKETS
from musicalface.web.frames import frame_of
from musicalface.web.gaze import Gaze
from musicalface.web.serve import Running
from tests.conftest import PORTRAIT
from tests.web.conftest import camera


def test_a_smile_becomes_a_steady_mood(app: Running, frame: bytes) -> None:
    with camera(app) as socket:
        started = time.monotonic()
        seen: dict[str, Any] = {"mood": None}
        while not seen["mood"] and time.monotonic() - started < 10:
            socket.send(frame)
            seen = json.loads(socket.recv(timeout=10))
        assert seen["mood"] == "happy"
    (face,) = seen["faces"]
    assert face["problem"] is None
    assert all(0 <= share <= 1 for share in face["box"])
    assert max(seen["expressions"], key=seen["expressions"].get) == "happy"
    assert sum(seen["scores"].values()) == pytest.approx(1, abs=0.01)
    assert seen["valence"] > 0.5
    assert seen["ms"]["total"] >= seen["ms"]["read"] > 0


def test_no_face_is_no_mood(app: Running) -> None:
    gray = b"RGBA" + struct.pack("<HH", 64, 48) + bytes([90, 90, 90, 255]) * (64 * 48)
    with camera(app) as socket:
        socket.send(gray)
        seen = json.loads(socket.recv(timeout=10))
    assert (seen["faces"], seen["scores"], seen["expressions"], seen["mood"]) == (
        [],
        None,
        None,
        None,
    )


def test_the_newest_frame_and_no_queue(app: Running, frame: bytes) -> None:
    """Who floods gets an answer to the newest, and not one to each."""
    with camera(app) as socket:
        for _ in range(100):
            socket.send(frame)
        answers = 0
        try:
            while True:
                socket.recv(timeout=1)
                answers += 1
        except TimeoutError:
            pass
    assert 1 <= answers < 90


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
def test_what_is_no_frame_is_told_and_the_next_is_read(
    app: Running, frame: bytes, message: bytes
) -> None:
    with pytest.raises(InputError):
        frame_of(message)
    with camera(app) as socket:
        socket.send(message)
        assert json.loads(socket.recv(timeout=10))["code"] == "not_an_image"
        socket.send(frame)
        assert json.loads(socket.recv(timeout=10))["type"] == "sight"


@pytest.mark.parametrize("text", ["", "garbage", "[]", '{"do": "harm"}', "3" * 1000, '{"do": []}'])
def test_words_that_are_not_known(app: Running, frame: bytes, text: str) -> None:
    with camera(app) as socket:
        socket.send(text)
        assert json.loads(socket.recv(timeout=10))["type"] == "error"
        socket.send(frame)
        assert json.loads(socket.recv(timeout=10))["type"] == "sight"


def ask(socket: ClientConnection, message: bytes) -> str | bytes:
    socket.send(message)
    return socket.recv(timeout=10)


def test_a_message_that_is_too_large_ends_its_socket_only(app: Running, frame: bytes) -> None:
    with camera(app) as other, camera(app) as socket:
        with pytest.raises(ConnectionClosed):
            ask(socket, bytes(9_300_000))
        other.send(frame)
        assert json.loads(other.recv(timeout=10))["type"] == "sight"


def test_raw_frames_are_read_as_pictures_are() -> None:
    picture = Image.open(PORTRAIT).convert("RGBA")
    raw = b"RGBA" + struct.pack("<HH", *picture.size) + picture.tobytes()
    assert (frame_of(raw) == np.asarray(picture)[:, :, :3]).all()


def test_more_sockets_than_there_are_eyes_for(app: Running, frame: bytes) -> None:
    with camera(app) as first:
        others = [camera(app) for _ in range(MOST_SOCKETS + 4)]
        opened = [each.__enter__() for each in others]
        time.sleep(0.3)
        closed = [socket for socket in opened if socket.close_code == 1013]
        first.send(frame)
        assert json.loads(first.recv(timeout=10))["type"] == "sight"
        for each in others:
            each.__exit__(None, None, None)
    assert len(closed) == 5
    time.sleep(0.3)
    assert app.app.state.eyes.sockets == 0


def test_a_socket_that_stalls_is_in_nobodys_way(app: Running, frame: bytes) -> None:
    with camera(app), camera(app) as other:
        for _ in range(3):
            other.send(frame)
            assert json.loads(other.recv(timeout=5))["faces"]


def test_a_resting_face_is_learnt_and_forgotten(
    frame: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    gaze = Gaze()
    gaze.obey("rest")
    for step in range(20):
        gaze.at(frame, step / 10)
    (smiling,) = gaze.told()
    assert (smiling["done"], "not at rest" in smiling["message"]) == (False, True)
    # A face at rest is made of this one: its evidence is put in place of the smile's.
    head = expression_model(None).head()
    rest = Rest.of(np.array([head.resting], np.float32), head)
    monkeypatch.setattr("musicalface.web.gaze.Rest.of", lambda evidence, head: rest)
    gaze.obey("rest")
    for step in range(20, 40):
        seen = gaze.at(frame, step / 10)
    assert gaze.told() == [{"type": "rest", "done": True}]
    assert gaze.told() == []
    assert seen["rest"] is True
    gaze.obey("forget_rest")
    assert gaze.at(frame, 5.0)["rest"] is False


def test_a_frame_that_breaks_does_not_end_the_sight(
    app: Running, frame: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with camera(app) as socket:
        with monkeypatch.context() as broken:
            broken.setattr(Gaze, "at", lambda *_: 1 / 0)
            assert json.loads(ask(socket, frame))["code"] == "broken"
        assert json.loads(ask(socket, frame))["type"] == "sight"


def test_rest_without_a_face(frame: bytes) -> None:
    gaze = Gaze()
    gaze.obey("rest")
    gray = b"RGBA" + struct.pack("<HH", 64, 48) + bytes([90, 90, 90, 255]) * (64 * 48)
    for step in range(20):
        gaze.at(gray, step / 10)
    assert "not seen" in gaze.told()[0]["message"]


def test_rest_over_the_socket(app: Running, frame: bytes) -> None:
    with camera(app) as socket:
        socket.send(json.dumps({"do": "rest"}))
        kinds, started = set(), time.monotonic()
        while "rest" not in kinds and time.monotonic() - started < 10:
            socket.send(frame)
            kinds.add(json.loads(socket.recv(timeout=10))["type"])
    assert kinds == {"sight", "rest"}
