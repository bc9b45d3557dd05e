"""History of moods and heard songs: its limits, its file, and a clock that is set."""

import json
import stat
from pathlib import Path

import httpx
import pytest

from musicalface import stored_settings
from musicalface.songs import History
from musicalface.web import history_file, session_history
from musicalface.web.session_history import SessionHistory

HELP = {"artist": "The Beatles", "title": "Help!", "mood": "happy", "spotify_id": "0" * 22}


@pytest.fixture
def kept(own_home: Path) -> Path:
    """The file of the history, which the user has switched on."""
    stored_settings.change(history=True)
    return own_home / "history.json"


def song(number: int) -> dict[str, object]:
    return {"artist": f"Artist {number}", "title": "Title", "url": None}


def heard(history: SessionHistory) -> list[list[str]]:
    return [[each["artist"] for each in entry["songs"]] for entry in history.entries()]


def test_a_mood_without_heard_songs_is_replaced_by_the_same_mood(own_home: Path) -> None:
    history = SessionHistory()
    history.add_mood("happy", None, False)
    history.add_mood("happy", "sad", False)  # the user looks through the wishes
    history.add_mood("happy", "relaxed", False)
    assert [entry["toward"] for entry in history.entries()] == ["relaxed"]
    history.add_heard(song(1), "happy")
    history.add_mood("happy", "relaxed", False)  # more songs of the same kind
    history.add_heard(song(2), "happy")
    history.add_heard(song(1), "happy")
    assert heard(history) == [["Artist 2", "Artist 1"]]
    history.add_mood("sad", None, True)
    assert [entry["mood"] for entry in history.entries()] == ["sad", "happy"]
    assert not (own_home / "history.json").exists()


def test_size_is_limited(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_history, "MAX_ENTRIES", 3)
    monkeypatch.setattr(session_history, "MAX_SONGS", 4)
    history = SessionHistory()
    for mood in ("sad", "happy", "angry", "relaxed"):
        history.add_mood(mood, None, False)
        for number in range(2):
            history.add_heard(song(number), mood)
    assert [entry["mood"] for entry in history.entries()] == ["relaxed", "angry", "happy"]
    assert heard(history) == [["Artist 0", "Artist 1"], ["Artist 0", "Artist 1"], []]


def test_a_song_without_a_mood_before_it(own_home: Path) -> None:
    """The history was cleared while the song played."""
    history = SessionHistory()
    history.add_heard(song(1), "sad")
    assert [(entry["mood"], len(entry["songs"])) for entry in history.entries()] == [("sad", 1)]


def test_the_file_is_private_and_read_again(kept: Path) -> None:
    first = SessionHistory()
    first.add_mood("happy", None, False)
    first.add_heard(song(1), "happy")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    again = SessionHistory()
    again.add_mood("sad", None, False)
    assert heard(again) == [[], ["Artist 1"]]
    again.forget()
    assert not kept.exists()
    assert SessionHistory().entries() == []


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"history": [{}]}', '{"history": [5]}', '{"history": [{"at": NaN}]}', "[" * 9999],
)
def test_a_damaged_file_is_put_aside(kept: Path, content: str) -> None:
    kept.write_text(content)
    history = SessionHistory()
    history.add_mood("sad", None, False)
    assert [entry["mood"] for entry in history.entries()] == ["sad"]
    assert "history.json.damaged" in history.message
    assert len(history_file.load()) == 1
    history.forget()
    assert not kept.with_name("history.json.damaged").exists()


def test_a_file_that_cannot_be_written(kept: Path) -> None:
    kept.mkdir()
    history = SessionHistory()
    history.add_mood("sad", None, False)
    assert len(history.entries()) == 1
    assert history.message


def test_a_clock_that_is_set_back(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [2000.0]
    monkeypatch.setattr("time.time", lambda: now[0])
    history = SessionHistory()
    history.add_mood("happy", None, False)
    now[0] = 1000.0
    history.add_mood("sad", None, False)
    history.add_heard(song(1), "sad")
    assert [entry["at"] for entry in SessionHistory().entries()] == [1000.0, 2000.0]
    assert history.oldest == 1000.0


def test_heard_songs_and_the_switch(client: httpx.Client, own_home: Path) -> None:
    client.post("/api/songs", json={"mood": "happy"})
    assert client.post("/api/history", json=HELP).json() == {}
    own = {**HELP, "title": "Own", "file_id": 5}
    assert client.post("/api/history", json=own).status_code == 200
    answer = client.get("/api/history").json()
    assert (answer["kept"], answer["message"]) == (False, None)
    urls = [each["url"] for each in answer["history"][0]["songs"]]
    assert urls == [f"https://open.spotify.com/track/{'0' * 22}", None]
    file = own_home / "history.json"
    assert not file.exists()
    client.put("/api/settings", json={"history": True})
    assert len(json.loads(file.read_text())["history"][0]["songs"]) == 2
    client.put("/api/settings", json={"history": False})
    assert not file.exists()
    assert client.get("/api/history").json()["history"] == answer["history"]
    with History() as history:
        assert len(history.recent()) == 10
    client.delete("/api/history")
    with History() as history:
        assert not history.recent()
    assert client.post("/api/history", json={**HELP, "artist": ""}).status_code == 400
