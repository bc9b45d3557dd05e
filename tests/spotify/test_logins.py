"""The stand-in's accounts service: consent, PKCE, and how tokens live."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from .accounts import challenge_of
from .logins import SIX_MONTHS
from .server import Server
from .world import World

REDIRECT = "http://127.0.0.1:43210/callback"
VERIFIER = "v" * 43
STATE = "0123456789abcdef"


def ask(accounts: httpx.Client, world: World, **changed: str) -> httpx.Response:
    query = {
        "response_type": "code",
        "client_id": world.client_id,
        "redirect_uri": REDIRECT,
        "code_challenge_method": "S256",
        "code_challenge": challenge_of(VERIFIER),
        "state": STATE,
        "scope": "user-library-read user-library-modify",
    }
    return accounts.get("/authorize", params=query | changed)


def said(answer: httpx.Response) -> dict[str, str]:
    """What the browser brings back to the program."""
    assert answer.status_code == 302
    back = urlsplit(answer.headers["location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == REDIRECT
    return {name: values[0] for name, values in parse_qs(back.query).items()}


def exchange(accounts: httpx.Client, world: World, code: str, **changed: str) -> httpx.Response:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": REDIRECT,
        "client_id": world.client_id,
        "code_verifier": VERIFIER,
    }
    return accounts.post("/api/token", data=form | changed)


def refresh(accounts: httpx.Client, world: World, token: str) -> httpx.Response:
    form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": world.client_id}
    return accounts.post("/api/token", data=form)


def refused(answer: httpx.Response) -> Any:
    assert answer.status_code == 400
    return answer.json()["error_description"]


def test_the_challenge_is_that_of_the_rfc() -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # RFC 7636, appendix B
    assert challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_a_person_consents_and_a_token_works(
    accounts: httpx.Client, standin: Server, world: World
) -> None:
    back = said(ask(accounts, world))
    assert back["state"] == STATE
    tokens = exchange(accounts, world, back["code"]).json()
    assert set(tokens) == {"access_token", "token_type", "scope", "expires_in", "refresh_token"}
    assert tokens["scope"] == "user-library-read user-library-modify"
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert httpx.get(f"{standin.api}/me/tracks", headers=headers).status_code == 200
    assert httpx.get(f"{standin.api}/me/player", headers=headers).status_code == 403
    assert world.calls == {"authorize": 1, "token": 1, "liked_songs": 1, "state": 1}


def test_a_person_may_grant_less(accounts: httpx.Client, world: World) -> None:
    world.withheld = ("user-library-modify",)
    code = said(ask(accounts, world))["code"]
    assert exchange(accounts, world, code).json()["scope"] == "user-library-read"


def test_a_person_may_say_no_or_nothing(accounts: httpx.Client, world: World) -> None:
    world.consent = "no"
    assert said(ask(accounts, world)) == {"error": "access_denied", "state": STATE}
    world.consent = "never"
    answer = ask(accounts, world)
    assert (answer.status_code, answer.headers.get("location")) == (200, None)
    world.consent = "wrong_state"
    assert said(ask(accounts, world))["state"] != STATE


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"redirect_uri": "http://localhost:43210/callback"}, "not of type redirect."),
        ({"redirect_uri": "https://127.0.0.1/callback"}, "not of type redirect."),
        ({"redirect_uri": "http://[::1/callback"}, "not of type redirect."),
        ({"redirect_uri": "http://127.0.0.1:x/callback"}, "not of type redirect."),
        ({"code_challenge_method": "plain"}, "none of ['S256']."),
        ({"code_challenge": "short"}, "does not match [0-9A-Za-z_-]{43}."),
        ({"state": "short"}, "state is out of bounds (5)."),
        ({"scope": "user-read-email streaming"}, "no scope streaming, user-read-email."),
        ({"client_secret": "x"}, "there is no client_secret."),
    ],
)
def test_a_wrong_question_to_the_person(
    accounts: httpx.Client, world: World, standin: Server, changed: dict[str, str], sentence: str
) -> None:
    assert ask(accounts, world, **changed).status_code == 400
    (violation,) = standin.violations
    assert sentence in violation
    standin.violations.clear()


def test_an_app_that_is_registered_otherwise(accounts: httpx.Client, world: World) -> None:
    assert ask(accounts, world, client_id="0" * 32).text == "INVALID_CLIENT: Invalid client"
    world.registered_redirect = "http://127.0.0.1:8888/callback"
    assert ask(accounts, world).text == "INVALID_CLIENT: Invalid redirect URI"
    world.registered_redirect = "http://127.0.0.1/"
    assert ask(accounts, world).text == "INVALID_CLIENT: Invalid redirect URI"


def test_a_code_is_good_for_once_and_for_its_verifier(accounts: httpx.Client, world: World) -> None:
    code = said(ask(accounts, world))["code"]
    assert exchange(accounts, world, code).status_code == 200
    assert refused(exchange(accounts, world, code)) == "Invalid authorization code"
    for changed, words in (
        ({"code_verifier": "w" * 43}, "code_verifier was incorrect"),
        ({"redirect_uri": "http://127.0.0.1:1/callback"}, "Invalid redirect URI"),
        ({"client_id": "0" * 32}, "Invalid client"),
    ):
        fresh = said(ask(accounts, world))["code"]
        assert refused(exchange(accounts, world, fresh, **changed)) == words


def test_a_token_is_asked_for_in_the_right_form(
    accounts: httpx.Client, world: World, standin: Server
) -> None:
    code = said(ask(accounts, world))["code"]
    exchange(accounts, world, code, code_verifier="v" * 42)
    exchange(accounts, world, code, grant_type="password")
    accounts.post("/api/token", json={"grant_type": "refresh_token"})
    headers = {"Authorization": "Basic eDp5"}
    form = {"grant_type": "refresh_token", "refresh_token": "x", "client_id": "x"}
    accounts.post("/api/token", data=form, headers=headers)
    assert [each.partition(" is 'vv")[0] for each in standin.violations] == [
        "token: code_verifier",
        "grant_type is 'password', and there is no such grant.",
        "token: the content type is not application/x-www-form-urlencoded.",
        "refresh: PKCE has no secret, and an Authorization was sent.",
    ]
    standin.violations.clear()


def test_a_refresh_brings_a_token_and_keeps_the_old_refresh_token(
    accounts: httpx.Client, world: World
) -> None:
    held = world.log_in()
    first = refresh(accounts, world, held.refresh).json()
    assert "refresh_token" not in first
    assert first["access_token"] in world.access
    assert refresh(accounts, world, held.refresh).status_code == 200


def test_where_they_rotate_the_old_refresh_token_is_dead(
    accounts: httpx.Client, world: World
) -> None:
    world.rotates = True
    held = world.log_in()
    fresh = refresh(accounts, world, held.refresh).json()["refresh_token"]
    assert refused(refresh(accounts, world, held.refresh)) == "Refresh token revoked"
    assert refresh(accounts, world, fresh).status_code == 200


def test_a_login_dies_after_six_months_however_often_it_was_used(
    accounts: httpx.Client, world: World
) -> None:
    world.rotates = True
    token = world.log_in().refresh
    world.advance(SIX_MONTHS - 3600)
    token = refresh(accounts, world, token).json()["refresh_token"]
    world.age_of_login = 3601
    answer = refresh(accounts, world, token)
    assert answer.status_code == 400
    assert answer.json() == {
        "error": "invalid_grant",
        "error_description": "Refresh token revoked",
    }


def test_a_login_can_be_taken_back(accounts: httpx.Client, world: World) -> None:
    held = world.log_in()
    world.revoke_refresh_token()
    assert refused(refresh(accounts, world, held.refresh)) == "Refresh token revoked"
