"""Checks the code and the fake server's responses against the contract."""

import re
from typing import Any

import httpx
import pytest

from musicalface.errors import DeezerError
from musicalface.players.deezer import Problem, hosts, rate_limit
from musicalface.players.deezer.api_response import parse_response
from musicalface.players.deezer.tracks import parse_track
from tests.conftest import ROOT

from .api import HANDLERS
from .contract import error_json, read_contract
from .sample import sample_world
from .server import Server
from .state import DeezerState


@pytest.fixture
def deezer_state() -> DeezerState:
    return sample_world()


def test_fake_server_has_all_calls_of_the_contract() -> None:
    assert set(HANDLERS) == set(read_contract().calls)


def test_hosts_equal_the_contract() -> None:
    listed = read_contract().hosts
    older = [listed["older_previews"].replace("{digit}", digit) for digit in "0123456789abcdef"]
    assert listed["api"] == hosts.API
    assert [*listed["previews"], *older] == list(hosts.PREVIEW_ORIGINS)
    assert listed["covers"] == list(hosts.COVER_ORIGINS)


def test_only_one_package_contains_deezers_hosts() -> None:
    """Its pages, which are only linked to, are also known to `song_links`."""
    source = ROOT / "src" / "musicalface"
    packages = {
        path.relative_to(source).parts[:2]
        for path in source.rglob("*")
        if path.suffix in (".py", ".js", ".html", ".css")
        and any(host in path.read_text("utf-8") for host in ("dzcdn.net", "api.deezer.com"))
    }
    assert packages == {("players", "deezer")}


def test_docs_list_all_problems() -> None:
    table = (ROOT / "docs" / "deezer.md").read_text("utf-8").partition("| `error.problem` |")[2]
    cells = [line.split("|")[1] for line in table.partition("\n\n")[0].splitlines()[2:]]
    assert set(re.findall(r"`(\w+)`", " ".join(cells))) == {problem.name for problem in Problem}


def test_rate_limit_is_below_the_quota() -> None:
    quota = read_contract().quota
    assert quota["requests"] > rate_limit.MAX_REQUESTS
    assert quota["seconds"] <= rate_limit.WINDOW


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("quota", Problem.QUOTA),
        ("items", Problem.REFUSED),
        ("permission", Problem.REFUSED),
        ("token", Problem.REFUSED),
        ("parameter", Problem.REFUSED),
        ("missing_parameter", Problem.REFUSED),
        ("query", Problem.REFUSED),
        ("busy", Problem.BUSY),
        ("no_data", Problem.NOT_FOUND),
    ],
)
def test_errors_map_to_problems(name: str, problem: Problem) -> None:
    with pytest.raises(DeezerError) as raised:
        parse_response(httpx.Response(200, json=error_json(name)).content)
    assert raised.value.problem == problem.name


def test_errors_of_the_contract_are_complete() -> None:
    (marks,) = [m for m in test_errors_map_to_problems.pytestmark if m.name == "parametrize"]  # type: ignore[attr-defined]
    assert {name for name, _ in marks.args[1]} == set(read_contract().errors)


def test_responses_follow_the_contract(fake_deezer: Server, deezer_state: DeezerState) -> None:
    paths = {"track": f"/track/{deezer_state.tracks[0].id}", "search": "/search/track?q=hello"}
    for name, path in paths.items():
        answer = httpx.get(fake_deezer.address + path).json()
        for field in read_contract().calls[name].answer:
            _check_field(answer, field.removeprefix("?"), optional=field.startswith("?"))


def test_parser_follows_the_contract(fake_deezer: Server, deezer_state: DeezerState) -> None:
    """A missing required field is an error; a missing optional field is not."""
    answer = httpx.get(f"{fake_deezer.address}/track/{deezer_state.tracks[0].id}").json()
    whole = parse_track(answer)
    assert whole.alternative == deezer_state.tracks[0].alternative
    for field in read_contract().calls["track"].answer:
        copy = httpx.get(f"{fake_deezer.address}/track/{deezer_state.tracks[0].id}").json()
        _remove(copy, field.removeprefix("?"))
        if field.startswith("?"):
            parse_track(copy)
        else:
            with pytest.raises((KeyError, TypeError, ValueError)):
                parse_track(copy)


def _remove(answer: Any, field: str) -> None:
    here, _, rest = field.partition(".")
    if field == "alternative.id":
        del answer["alternative"]
    elif rest:
        _remove(answer[here], rest)
    else:
        del answer[here]


def _check_field(found: Any, field: str, *, optional: bool) -> None:
    """Checks that a field is present, and not empty unless it is optional."""
    here, _, rest = field.partition(".")
    name = here.removesuffix("[]")
    if optional and name not in found:
        return
    value = found[name]
    for each in value if here.endswith("[]") else [value]:
        if rest:
            _check_field(each, rest, optional=optional)
        else:
            assert optional or each not in (None, ""), field
    assert value != [] or not here.endswith("[]"), f"{field} has no example"
