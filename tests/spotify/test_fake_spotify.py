"""The fake server over HTTP: responses, and rejected requests."""

import threading

import httpx
import pytest

from .objects import made_id
from .server import Server
from .state import SpotifyState

URI = f"spotify:track:{made_id('a song')}"
JSON = {"Content-Type": "application/json"}


def message(answer: httpx.Response) -> str:
    return str(answer.json()["error"]["message"])


def pop_violation(server: Server) -> str:
    """Return and clear the only violation so far."""
    (sentence,) = server.violations
    server.violations.clear()
    return sentence


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "sentence"),
    [
        ("GET", "/recommendations", b"", 400, "GET /recommendations: unknown call."),
        ("GET", "/me/", b"", 400, "GET /me/: unknown call."),
        ("POST", "/me/player/play", b"", 400, "POST /me/player/play: unknown call."),
        ("GET", "/tracks", b"", 403, "GET /tracks: unknown call."),
        ("POST", f"/playlists/{made_id()}/tracks", b"", 403, "unknown call."),
        ("GET", "/search?q=a&type=track&limit=11", b"", 400, "search: limit is out of bounds (11)"),
        ("GET", "/search?q=a&type=track&limit=x", b"", 400, "limit is 'x', not of type integer"),
        ("GET", "/search?q=a&type=track&page=2", b"", 400, "search: unknown page."),
        ("GET", "/search?q=a&q=b&type=track", b"", 400, "search: duplicate parameter."),
        ("GET", "/search?q=a&type=album", b"", 400, "type is 'album', not one of ['track']."),
        ("GET", "/search?type=track", b"", 400, "search: q is missing."),
        ("GET", "/tracks/short", b"", 400, "id is 'short', not of type track-id."),
        ("GET", "/me/tracks?limit=51", b"", 400, "liked_songs: limit is out of bounds (51)."),
        ("PUT", "/me/library?uris=" + ",".join([URI] * 41), b"", 400, "out of bounds (41)."),
        ("PUT", "/me/library", b'{"uris": []}', 400, ": unexpected body."),
        ("PUT", "/me/player/play", b"", 400, "play: the body is not JSON."),
        ("PUT", "/me/player/play", b"[]", 400, "play: the body is not an object."),
        ("PUT", "/me/player/play", b'{"uris": "x"}', 400, "not of type track-uri-list."),
        ("POST", "/me/playlists", b'{"name": "a", "public": 1}', 400, "not of type boolean."),
        ("POST", "/me/playlists", b'{"name": ""}', 400, "name is out of bounds (0)."),
    ],
)
def test_requests_outside_the_contract_are_rejected(
    client: httpx.Client, fake_spotify: Server, method: str, path: str, content: bytes, status: int,
    sentence: str,
) -> None:  # fmt: skip
    answer = client.request(method, path, content=content, headers=JSON)
    assert answer.status_code == status
    assert sentence in pop_violation(fake_spotify)


def test_limit_and_removed_paths_have_their_own_errors(
    client: httpx.Client, fake_spotify: Server
) -> None:
    assert message(client.get("/search?q=a&type=track&limit=11")) == "Invalid limit"
    assert message(client.get("/tracks?ids=a")) == "Forbidden"
    assert len(fake_spotify.violations) == 2
    fake_spotify.violations.clear()


def test_json_needs_its_content_type(client: httpx.Client, fake_spotify: Server) -> None:
    body = b'{"uris": ["' + URI.encode() + b'"]}'
    assert client.put("/me/player/play", content=body).status_code == 400
    assert pop_violation(fake_spotify) == "play: the content type is not application/json."


def test_call_without_a_token_is_a_violation(fake_spotify: Server) -> None:
    assert httpx.get(f"{fake_spotify.api}/me").status_code == 400
    assert pop_violation(fake_spotify) == "me: no bearer token."


def test_tokens_expire_or_are_unknown(client: httpx.Client, spotify_state: SpotifyState) -> None:
    spotify_state.expire_access_tokens()
    expired = client.get("/me")
    assert expired.json() == {"error": {"status": 401, "message": "The access token expired"}}
    spotify_state.forget_access_tokens()
    assert message(client.get("/me")) == "Invalid access token"


def test_token_expires_by_the_simulated_clock(
    client: httpx.Client, spotify_state: SpotifyState
) -> None:
    spotify_state.advance(spotify_state.token_lifetime - 5)
    assert client.get("/me").status_code == 200
    spotify_state.advance(6)
    assert client.get("/me").status_code == 401


def test_ungranted_scope_is_rejected(client: httpx.Client, spotify_state: SpotifyState) -> None:
    headers = {"Authorization": f"Bearer {spotify_state.log_in(['playlist-modify-public']).access}"}
    assert message(client.get("/me/tracks", headers=headers)) == "Insufficient client scope"
    for public, status in ((True, 201), (False, 403)):
        body = {"name": "Happy", "public": public}
        assert client.post("/me/playlists", json=body, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("lacks", "message"),
    [
        ("on_user_list", "User not registered in the Developer Dashboard"),
        ("owner_premium", "Active premium subscription required for the owner of the app"),
    ],
)
def test_app_restrictions(
    client: httpx.Client, spotify_state: SpotifyState, lacks: str, message: str
) -> None:
    setattr(spotify_state, lacks, False)
    answer = client.get("/me")
    assert answer.status_code == 403
    assert answer.json()["error"] == {"status": 403, "message": message}


def test_search_with_words_and_filters(client: httpx.Client, spotify_state: SpotifyState) -> None:
    halo = spotify_state.add_track("Halo", "Beyoncé", album="I Am")
    cover = spotify_state.add_track("Halo (Karaoke)", "A Band")

    def found(query: str) -> list[str]:
        answer = client.get("/search", params={"q": query, "type": "track"}).json()
        return [item["uri"] for item in answer["tracks"]["items"]]

    assert found("HALO") == [halo.uri, cover.uri]
    assert found("halo beyonce") == [halo.uri]
    assert found('track:"halo" artist:"Beyoncé"') == [halo.uri]
    assert found('track:"halo" artist:"A Band" karaoke') == [cover.uri]
    assert found("track:halo album:other") == []


def test_search_is_paginated(client: httpx.Client, spotify_state: SpotifyState) -> None:
    for number in range(12):
        spotify_state.add_track(f"Song {number}", "An Artist")
    first = client.get("/search?q=song&type=track").json()["tracks"]
    assert (len(first["items"]), first["total"], first["limit"]) == (5, 12, 5)
    second = client.get(first["next"]).json()["tracks"]
    assert second["items"][0]["name"] == "Song 5"
    last = client.get("/search?q=song&type=track&limit=10&offset=10").json()["tracks"]
    assert (len(last["items"]), last["next"]) == (2, None)
    assert spotify_state.calls["search"] == 3


def test_track_by_id(client: httpx.Client, spotify_state: SpotifyState) -> None:
    track = spotify_state.add_track("Halo", "Beyoncé", seconds=261.6)
    assert client.get(f"/tracks/{track.id}").json()["duration_ms"] == 261600
    assert client.get(f"/tracks/{made_id('none')}").status_code == 404


def test_create_and_fill_playlists(client: httpx.Client, spotify_state: SpotifyState) -> None:
    body = {"name": "Happy", "public": False, "description": "made by a face"}
    made = client.post("/me/playlists", json=body)
    assert made.status_code == 201
    added = client.post(f"/playlists/{made.json()['id']}/items", json={"uris": [URI] * 100})
    assert added.status_code == 201
    assert added.json()["snapshot_id"]
    (playlist,) = spotify_state.playlists
    assert (playlist.name, playlist.public, len(playlist.uris)) == ("Happy", False, 100)
    elsewhere = client.post(f"/playlists/{made_id('none')}/items", json={"uris": [URI]})
    assert elsewhere.status_code == 404


def test_like_songs(client: httpx.Client, spotify_state: SpotifyState) -> None:
    old = spotify_state.add_track("Old", "An Artist")
    spotify_state.liked[old.uri] = "2020-01-01T00:00:00Z"
    answer = client.put("/me/library", params={"uris": URI})
    assert (answer.status_code, answer.content) == (200, b"")
    uris = f"{URI},{old.uri},spotify:track:{made_id('no')}"
    assert client.get(f"/me/library/contains?uris={uris}").json() == [True, True, False]
    page = client.get("/me/tracks?limit=50").json()
    assert page["total"] == 2
    assert page["items"][0]["track"] is None, "the song is no longer in the catalog"
    assert page["items"][1]["track"]["name"] == "Old"
    assert page["items"][1]["added_at"] == "2020-01-01T00:00:00Z"


def test_requests_are_recorded(client: httpx.Client, spotify_state: SpotifyState) -> None:
    client.get("/search", params={"q": "a b", "type": "track"})
    operation, query, body = spotify_state.requests[0]
    assert (operation, query["q"], query["limit"], body) == ("search", "a b", 5, {})


def test_concurrent_requests_are_counted(client: httpx.Client, spotify_state: SpotifyState) -> None:
    threads = [threading.Thread(target=client.get, args=("/me",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert spotify_state.calls["me"] == 8


def test_internal_failure_is_a_violation(client: httpx.Client, fake_spotify: Server) -> None:
    fake_spotify.world.account = None  # type: ignore[assignment]
    assert client.get("/me").status_code == 500
    assert "The fake server failed at /v1/me" in pop_violation(fake_spotify)
