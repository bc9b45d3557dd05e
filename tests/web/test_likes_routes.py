"""Likes endpoints over real HTTP."""

from pathlib import Path
from unittest.mock import Mock

import httpx
import pytest

from musicalface.songs import likes


def put(client: httpx.Client, liked: bool, title: str = "Help!") -> httpx.Response:
    return client.put("/api/likes", json={"artist": "The Beatles", "title": title, "liked": liked})


def test_hearts_are_set_removed_and_exported(client: httpx.Client) -> None:
    assert put(client, True).json() == {"liked": True}
    assert put(client, True, "Yesterday").status_code == 200
    names = [each["title"] for each in client.get("/api/likes").json()["likes"]]
    assert names == ["Yesterday", "Help!"]
    table = client.get("/api/likes/files/csv")
    assert "musicalface-likes.csv" in table.headers["content-disposition"]
    saved = client.get("/api/likes/files/json").content
    assert put(client, False).json() == {"liked": False}
    for content in (table.content, saved):
        answer = client.post("/api/likes/files", content=content).json()
        assert len(answer["likes"]) == 2
    assert answer["added"] == 0
    assert client.delete("/api/likes").json() == {"likes": [], "message": None}
    assert client.get("/api/likes/files/xml").status_code == 404


def test_songs_say_whether_they_are_liked(made_up_songs: None, client: httpx.Client) -> None:
    request = {"mood": "happy", "count": 60}  # all that there are
    first = client.post("/api/songs", json=request).json()["songs"]
    assert [each["liked"] for each in first] == [False] * 60
    likes.add([likes.new_like(first[7]["artist"], first[7]["title"])])
    again = client.post("/api/songs", json=request).json()["songs"]
    assert [each["title"] for each in again if each["liked"]] == [first[7]["title"]]


def test_a_request_for_songs_reads_the_likes_once(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(client, True)
    load = Mock(side_effect=likes.load)
    monkeypatch.setattr(likes, "load", load)
    assert client.post("/api/songs", json={"mood": "happy"}).status_code == 200
    assert load.call_count == 1


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", b"[]", b"a,b\n1,2"])
def test_a_file_that_has_no_likes_is_rejected(client: httpx.Client, content: bytes) -> None:
    answer = client.post("/api/likes/files", content=content)
    assert answer.status_code == 400
    assert "has no liked songs" in answer.json()["error"]["message"]


def test_size_of_a_file_is_limited(client: httpx.Client) -> None:
    assert client.post("/api/likes/files", content=bytes(6_000_000)).status_code == 413


@pytest.mark.parametrize("body", [{}, {"artist": "A", "title": " ", "liked": True}])
def test_incomplete_hearts(client: httpx.Client, body: dict[str, object]) -> None:
    assert client.put("/api/likes", json=body).status_code == 400


def test_a_damaged_file_is_said(client: httpx.Client, own_home: Path) -> None:
    put(client, True)
    (own_home / "likes.json").write_text("{")
    answer = client.get("/api/likes").json()
    assert answer["likes"] == []
    assert "likes.json.damaged" in answer["message"]
