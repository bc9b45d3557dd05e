"""The stand-in over HTTP: what it answers, and what it will not have."""

import threading

import httpx
import pytest

from .server import Server
from .things import made_id
from .world import World

URI = f"spotify:track:{made_id('a song')}"
JSON = {"Content-Type": "application/json"}


def message(answer: httpx.Response) -> str:
    return str(answer.json()["error"]["message"])


def violated(standin: Server) -> str:
    """The one violation so far, which is then forgiven."""
    (sentence,) = standin.violations
    standin.violations.clear()
    return sentence


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "sentence"),
    [
        ("GET", "/recommendations", b"", 400, "GET /recommendations: there is no such call."),
        ("GET", "/me/", b"", 400, "GET /me/: there is no such call."),
        ("POST", "/me/player/play", b"", 400, "POST /me/player/play: there is no such call."),
        ("GET", "/tracks", b"", 403, "GET /tracks: there is no such call."),
        ("POST", f"/playlists/{made_id()}/tracks", b"", 403, "there is no such call."),
        ("GET", "/search?q=a&type=track&limit=11", b"", 400, "search: limit is out of bounds (11)"),
        ("GET", "/search?q=a&type=track&limit=x", b"", 400, "limit is 'x' and not of type integer"),
        ("GET", "/search?q=a&type=track&page=2", b"", 400, "search: there is no page."),
        ("GET", "/search?q=a&q=b&type=track", b"", 400, "search: a parameter came twice."),
        ("GET", "/search?q=a&type=album", b"", 400, "type is 'album' and none of ['track']."),
        ("GET", "/search?type=track", b"", 400, "search: q is missing."),
        ("GET", "/tracks/short", b"", 400, "id is 'short' and not of type track-id."),
        ("GET", "/me/tracks?limit=51", b"", 400, "liked_songs: limit is out of bounds (51)."),
        ("PUT", "/me/library?uris=" + ",".join([URI] * 41), b"", 400, "out of bounds (41)."),
        ("PUT", "/me/library", b'{"uris": []}', 400, "there is a body, and none is asked for."),
        ("PUT", "/me/player/play", b"", 400, "play: the body is no JSON."),
        ("PUT", "/me/player/play", b"[]", 400, "play: the body is no object."),
        ("PUT", "/me/player/play", b'{"uris": "x"}', 400, "not of type track-uri-list."),
        ("POST", "/me/playlists", b'{"name": "a", "public": 1}', 400, "not of type boolean."),
        ("POST", "/me/playlists", b'{"name": ""}', 400, "name is out of bounds (0)."),
    ],
)
def test_what_the_contract_does_not_have_is_refused(
    client: httpx.Client, standin: Server, method: str, path: str, content: bytes, status: int,
    sentence: str,
) -> None:  # fmt: skip
    answer = client.request(method, path, content=content, headers=JSON)
    assert answer.status_code == status
    assert sentence in violated(standin)


def test_limit_and_removed_paths_get_their_own_words(client: httpx.Client, standin: Server) -> None:
    assert message(client.get("/search?q=a&type=track&limit=11")) == "Invalid limit"
    assert message(client.get("/tracks?ids=a")) == "Forbidden"
    assert len(standin.violations) == 2
    standin.violations.clear()


def test_json_says_that_it_is_json(client: httpx.Client, standin: Server) -> None:
    body = b'{"uris": ["' + URI.encode() + b'"]}'
    assert client.put("/me/player/play", content=body).status_code == 400
    assert violated(standin) == "play: the content type is not application/json."


def test_a_call_without_a_token_is_a_violation(standin: Server) -> None:
    assert httpx.get(f"{standin.api}/me").status_code == 400
    assert violated(standin) == "me: there is no Bearer token."


def test_tokens_expire_or_are_unknown(client: httpx.Client, world: World) -> None:
    world.expire_access_tokens()
    expired = client.get("/me")
    assert expired.json() == {"error": {"status": 401, "message": "The access token expired"}}
    world.forget_access_tokens()
    assert message(client.get("/me")) == "Invalid access token"


def test_a_token_ends_by_the_worlds_clock(client: httpx.Client, world: World) -> None:
    world.advance(world.token_lifetime - 5)
    assert client.get("/me").status_code == 200
    world.advance(6)
    assert client.get("/me").status_code == 401


def test_a_scope_that_was_not_granted_is_missed(client: httpx.Client, world: World) -> None:
    headers = {"Authorization": f"Bearer {world.log_in(['playlist-modify-public']).access}"}
    assert message(client.get("/me/tracks", headers=headers)) == "Insufficient client scope"
    for public, status in ((True, 201), (False, 403)):
        body = {"name": "Happy", "public": public}
        assert client.post("/me/playlists", json=body, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("lacks", "words"),
    [
        ("on_user_list", "User not registered in the Developer Dashboard"),
        ("owner_premium", "Active premium subscription required for the owner of the app"),
    ],
)
def test_an_app_that_may_not_be_used(
    client: httpx.Client, world: World, lacks: str, words: str
) -> None:
    setattr(world, lacks, False)
    answer = client.get("/me")
    assert answer.status_code == 403
    assert answer.json()["error"] == {"status": 403, "message": words}


def test_search_finds_words_and_filters(client: httpx.Client, world: World) -> None:
    halo = world.add_track("Halo", "Beyoncé", album="I Am")
    cover = world.add_track("Halo (Karaoke)", "A Band")

    def found(query: str) -> list[str]:
        answer = client.get("/search", params={"q": query, "type": "track"}).json()
        return [item["uri"] for item in answer["tracks"]["items"]]

    assert found("HALO") == [halo.uri, cover.uri]
    assert found("halo beyonce") == [halo.uri]
    assert found('track:"halo" artist:"Beyoncé"') == [halo.uri]
    assert found('track:"halo" artist:"A Band" karaoke') == [cover.uri]
    assert found("track:halo album:other") == []


def test_search_comes_in_pages(client: httpx.Client, world: World) -> None:
    for number in range(12):
        world.add_track(f"Song {number}", "An Artist")
    first = client.get("/search?q=song&type=track").json()["tracks"]
    assert (len(first["items"]), first["total"], first["limit"]) == (5, 12, 5)
    second = client.get(first["next"]).json()["tracks"]
    assert second["items"][0]["name"] == "Song 5"
    last = client.get("/search?q=song&type=track&limit=10&offset=10").json()["tracks"]
    assert (len(last["items"]), last["next"]) == (2, None)
    assert world.calls["search"] == 3


def test_a_track_is_there_or_not(client: httpx.Client, world: World) -> None:
    track = world.add_track("Halo", "Beyoncé", seconds=261.6)
    assert client.get(f"/tracks/{track.id}").json()["duration_ms"] == 261600
    assert client.get(f"/tracks/{made_id('none')}").status_code == 404


def test_playlists_are_made_and_filled(client: httpx.Client, world: World) -> None:
    body = {"name": "Happy", "public": False, "description": "made by a face"}
    made = client.post("/me/playlists", json=body)
    assert made.status_code == 201
    added = client.post(f"/playlists/{made.json()['id']}/items", json={"uris": [URI] * 100})
    assert added.status_code == 201
    assert added.json()["snapshot_id"]
    (playlist,) = world.playlists
    assert (playlist.name, playlist.public, len(playlist.uris)) == ("Happy", False, 100)
    elsewhere = client.post(f"/playlists/{made_id('none')}/items", json={"uris": [URI]})
    assert elsewhere.status_code == 404


def test_songs_are_liked(client: httpx.Client, world: World) -> None:
    old = world.add_track("Old", "An Artist")
    world.liked[old.uri] = "2020-01-01T00:00:00Z"
    answer = client.put("/me/library", params={"uris": URI})
    assert (answer.status_code, answer.content) == (200, b"")
    uris = f"{URI},{old.uri},spotify:track:{made_id('no')}"
    assert client.get(f"/me/library/contains?uris={uris}").json() == [True, True, False]
    page = client.get("/me/tracks?limit=50").json()
    assert page["total"] == 2
    assert page["items"][0]["track"] is None, "the catalogue has no such song any more"
    assert page["items"][1]["track"]["name"] == "Old"
    assert page["items"][1]["added_at"] == "2020-01-01T00:00:00Z"


def test_what_was_asked_can_be_told_afterwards(client: httpx.Client, world: World) -> None:
    client.get("/search", params={"q": "a b", "type": "track"})
    operation, query, body = world.requests[0]
    assert (operation, query["q"], query["limit"], body) == ("search", "a b", 5, {})


def test_requests_at_one_time_are_all_counted(client: httpx.Client, world: World) -> None:
    threads = [threading.Thread(target=client.get, args=("/me",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert world.calls["me"] == 8


def test_a_failure_of_the_stand_in_is_told(client: httpx.Client, standin: Server) -> None:
    standin.world.account = None  # type: ignore[assignment]
    assert client.get("/me").status_code == 500
    assert "The stand-in failed at /v1/me" in violated(standin)
