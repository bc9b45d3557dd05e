"""The contract, and the fake server's responses against it."""

from typing import Any

import httpx
import pytest

from .api import HANDLERS
from .contract import read_contract
from .fake_spotify import ACCOUNTS
from .player import PLAYER
from .sample import sample_world
from .state import SpotifyState
from .values import TYPES


@pytest.fixture
def spotify_state() -> SpotifyState:
    return sample_world()


def test_every_contract_call_is_implemented() -> None:
    calls = set(HANDLERS) | set(PLAYER) | set(ACCOUNTS) | {"authorize"}
    assert calls == set(read_contract().calls)


def test_limits_match_the_api() -> None:
    calls = read_contract().calls
    assert calls["search"].query["limit"]["at_most"] == 10
    assert calls["search"].query["limit"]["default"] == 5
    assert calls["add_items"].json["uris"]["at_most"] == 100
    assert calls["like"].query["uris"]["at_most"] == 40
    assert calls["liked"].query["uris"]["at_most"] == 40
    assert calls["liked_songs"].query["limit"]["at_most"] == 50


def test_only_commands_to_the_player_need_premium() -> None:
    need = {name for name, call in read_contract().calls.items() if call.premium}
    assert need == {"play", "queue", "pause", "next", "previous", "seek", "volume"}


def test_every_value_type_is_known() -> None:
    calls = read_contract().calls.values()
    rules = [rule for call in calls for part in (call.in_path, call.query, call.json, call.form)
             for rule in part.values()]  # fmt: skip
    assert {rule["type"] for rule in rules} == set(TYPES)


def test_every_error_has_a_condition_and_a_status() -> None:
    contract = read_contract()
    for error in (contract.errors | contract.accounts_errors).values():
        assert error["when"]
        assert 400 <= error["status"] < 500


ASKED = {
    "search": ("GET", "/search?q=adele&type=track"),
    "track": ("GET", "/tracks/{track}"),
    "me": ("GET", "/me"),
    "devices": ("GET", "/me/player/devices"),
    "play": ("PUT", "/me/player/play"),
    "state": ("GET", "/me/player"),
    "new_playlist": ("POST", "/me/playlists"),
    "liked": ("GET", "/me/library/contains?uris=spotify:track:{track}"),
    "liked_songs": ("GET", "/me/tracks"),
}
BODIES: dict[str, Any] = {
    "play": {"uris": ["spotify:track:{track}"]},
    "new_playlist": {"name": "Happy", "public": False, "description": ""},
}


def test_responses_follow_the_contract(client: httpx.Client, spotify_state: SpotifyState) -> None:
    for name, (method, path) in ASKED.items():
        body = BODIES.get(name)
        if name == "play":
            body = {"uris": [spotify_state.tracks[0].uri]}
        answer = client.request(method, path.format(track=spotify_state.tracks[0].id), json=body)
        call = read_contract().calls[name]
        assert answer.status_code == call.status, name
        for field in call.answer:
            _check_field(answer.json(), field.removeprefix("?"), optional=field.startswith("?"))


def test_removed_fields_are_absent(client: httpx.Client) -> None:
    track = client.get("/search?q=adele&type=track").json()["tracks"]["items"][0]
    assert not {"popularity", "available_markets", "linked_from", "preview_url"} & set(track)
    assert not {"product", "country"} & set(client.get("/me").json())


def _check_field(found: Any, field: str, *, optional: bool) -> None:
    """Check that the field exists everywhere and is null only if it is optional."""
    here, _, rest = field.partition(".")
    name = here.removesuffix("[]")
    value = found[name] if name else found
    for each in value if here.endswith("[]") else [value]:
        if rest and not (optional and each is None):
            _check_field(each, rest, optional=optional)
        assert each is not None or optional, field
    assert value != [] or not here.endswith("[]"), f"{field} is empty"
