"""The contract against the facts, and the stand-in's answers against the contract."""

from typing import Any

import httpx
import pytest

from .api import HANDLERS
from .contract import read_contract
from .player import PLAYER
from .sample import sample_world
from .standin import ACCOUNTS
from .values import TYPES
from .world import World


@pytest.fixture
def world() -> World:
    return sample_world()


def test_each_call_is_answered_and_nothing_else() -> None:
    calls = set(HANDLERS) | set(PLAYER) | set(ACCOUNTS) | {"authorize"}
    assert calls == set(read_contract().calls)


def test_limits_are_those_of_the_facts() -> None:
    calls = read_contract().calls
    assert calls["search"].query["limit"]["at_most"] == 10
    assert calls["search"].query["limit"]["default"] == 5
    assert calls["add_items"].json["uris"]["at_most"] == 100
    assert calls["like"].query["uris"]["at_most"] == 40
    assert calls["liked"].query["uris"]["at_most"] == 40
    assert calls["liked_songs"].query["limit"]["at_most"] == 50


def test_only_commands_to_the_player_need_premium() -> None:
    need = {name for name, call in read_contract().calls.items() if call.premium}
    assert need == {"play", "queue", "pause", "next"}


def test_every_type_of_a_value_is_known() -> None:
    calls = read_contract().calls.values()
    rules = [rule for call in calls for part in (call.in_path, call.query, call.json, call.form)
             for rule in part.values()]  # fmt: skip
    assert {rule["type"] for rule in rules} == set(TYPES)


def test_every_error_says_when_it_comes() -> None:
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


def test_answers_have_what_the_contract_promises(client: httpx.Client, world: World) -> None:
    for name, (method, path) in ASKED.items():
        body = BODIES.get(name)
        if name == "play":
            body = {"uris": [world.tracks[0].uri]}
        answer = client.request(method, path.format(track=world.tracks[0].id), json=body)
        call = read_contract().calls[name]
        assert answer.status_code == call.status, name
        for field in call.answer:
            _promised(answer.json(), field.removeprefix("?"), optional=field.startswith("?"))


def test_what_was_removed_is_not_in_an_answer(client: httpx.Client) -> None:
    track = client.get("/search?q=adele&type=track").json()["tracks"]["items"][0]
    assert not {"popularity", "available_markets", "linked_from", "preview_url"} & set(track)
    assert not {"product", "country"} & set(client.get("/me").json())


def _promised(found: Any, field: str, *, optional: bool) -> None:
    """Every place that the field names is there, and only an optional one is null."""
    here, _, rest = field.partition(".")
    name = here.removesuffix("[]")
    value = found[name] if name else found
    for each in value if here.endswith("[]") else [value]:
        if rest and not (optional and each is None):
            _promised(each, rest, optional=optional)
        assert each is not None or optional, field
    assert value != [] or not here.endswith("[]"), f"{field} shows nothing"
