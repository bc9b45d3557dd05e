"""Accounts service of the fake server: consent, PKCE, and the lifetime of tokens."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from .accounts import challenge_of
from .logins import SIX_MONTHS
from .server import Server
from .state import SpotifyState

REDIRECT = "http://127.0.0.1:43210/callback"
VERIFIER = "v" * 43
STATE = "0123456789abcdef"


def ask(accounts: httpx.Client, world: SpotifyState, **changed: str) -> httpx.Response:
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


def redirect_query(answer: httpx.Response) -> dict[str, str]:
    """The query parameters of the redirect to the program."""
    assert answer.status_code == 302
    back = urlsplit(answer.headers["location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == REDIRECT
    return {name: values[0] for name, values in parse_qs(back.query).items()}


def exchange(
    accounts: httpx.Client, world: SpotifyState, code: str, **changed: str
) -> httpx.Response:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": REDIRECT,
        "client_id": world.client_id,
        "code_verifier": VERIFIER,
    }
    return accounts.post("/api/token", data=form | changed)


def refresh(accounts: httpx.Client, world: SpotifyState, token: str) -> httpx.Response:
    form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": world.client_id}
    return accounts.post("/api/token", data=form)


def refused(answer: httpx.Response) -> Any:
    assert answer.status_code == 400
    return answer.json()["error_description"]


def test_code_challenge_matches_the_rfc() -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # RFC 7636, appendix B
    assert challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_consent_gives_a_working_token(
    accounts: httpx.Client, fake_spotify: Server, spotify_state: SpotifyState
) -> None:
    back = redirect_query(ask(accounts, spotify_state))
    assert back["state"] == STATE
    tokens = exchange(accounts, spotify_state, back["code"]).json()
    assert set(tokens) == {"access_token", "token_type", "scope", "expires_in", "refresh_token"}
    assert tokens["scope"] == "user-library-read user-library-modify"
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert httpx.get(f"{fake_spotify.api}/me/tracks", headers=headers).status_code == 200
    assert httpx.get(f"{fake_spotify.api}/me/player", headers=headers).status_code == 403
    assert spotify_state.calls == {"authorize": 1, "token": 1, "liked_songs": 1, "state": 1}


def test_user_may_grant_fewer_scopes(accounts: httpx.Client, spotify_state: SpotifyState) -> None:
    spotify_state.withheld = ("user-library-modify",)
    code = redirect_query(ask(accounts, spotify_state))["code"]
    assert exchange(accounts, spotify_state, code).json()["scope"] == "user-library-read"


def test_user_may_deny_or_ignore(accounts: httpx.Client, spotify_state: SpotifyState) -> None:
    spotify_state.consent = "no"
    assert redirect_query(ask(accounts, spotify_state)) == {
        "error": "access_denied",
        "state": STATE,
    }
    spotify_state.consent = "never"
    answer = ask(accounts, spotify_state)
    assert (answer.status_code, answer.headers.get("location")) == (200, None)
    spotify_state.consent = "wrong_state"
    assert redirect_query(ask(accounts, spotify_state))["state"] != STATE


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"redirect_uri": "http://localhost:43210/callback"}, "not of type redirect."),
        ({"redirect_uri": "https://127.0.0.1/callback"}, "not of type redirect."),
        ({"redirect_uri": "http://[::1/callback"}, "not of type redirect."),
        ({"redirect_uri": "http://127.0.0.1:x/callback"}, "not of type redirect."),
        ({"code_challenge_method": "plain"}, "not one of ['S256']."),
        ({"code_challenge": "short"}, "does not match [0-9A-Za-z_-]{43}."),
        ({"state": "short"}, "state is out of bounds (5)."),
        ({"scope": "user-read-email streaming"}, "unknown scope streaming, user-read-email."),
        ({"client_secret": "x"}, "unknown client_secret."),
    ],
)
def test_invalid_authorize_request(
    accounts: httpx.Client,
    spotify_state: SpotifyState,
    fake_spotify: Server,
    changed: dict[str, str],
    sentence: str,
) -> None:
    assert ask(accounts, spotify_state, **changed).status_code == 400
    (violation,) = fake_spotify.violations
    assert sentence in violation
    fake_spotify.violations.clear()


def test_wrong_client_or_redirect_uri(accounts: httpx.Client, spotify_state: SpotifyState) -> None:
    assert ask(accounts, spotify_state, client_id="0" * 32).text == "INVALID_CLIENT: Invalid client"
    spotify_state.registered_redirect = "http://127.0.0.1:8888/callback"
    assert ask(accounts, spotify_state).text == "INVALID_CLIENT: Invalid redirect URI"
    spotify_state.registered_redirect = "http://127.0.0.1/"
    assert ask(accounts, spotify_state).text == "INVALID_CLIENT: Invalid redirect URI"


def test_code_is_single_use_and_bound_to_its_verifier(
    accounts: httpx.Client, spotify_state: SpotifyState
) -> None:
    code = redirect_query(ask(accounts, spotify_state))["code"]
    assert exchange(accounts, spotify_state, code).status_code == 200
    assert refused(exchange(accounts, spotify_state, code)) == "Invalid authorization code"
    for changed, words in (
        ({"code_verifier": "w" * 43}, "code_verifier was incorrect"),
        ({"redirect_uri": "http://127.0.0.1:1/callback"}, "Invalid redirect URI"),
        ({"client_id": "0" * 32}, "Invalid client"),
    ):
        fresh = redirect_query(ask(accounts, spotify_state))["code"]
        assert refused(exchange(accounts, spotify_state, fresh, **changed)) == words


def test_token_request_must_be_well_formed(
    accounts: httpx.Client, spotify_state: SpotifyState, fake_spotify: Server
) -> None:
    code = redirect_query(ask(accounts, spotify_state))["code"]
    exchange(accounts, spotify_state, code, code_verifier="v" * 42)
    exchange(accounts, spotify_state, code, grant_type="password")
    accounts.post("/api/token", json={"grant_type": "refresh_token"})
    headers = {"Authorization": "Basic eDp5"}
    form = {"grant_type": "refresh_token", "refresh_token": "x", "client_id": "x"}
    accounts.post("/api/token", data=form, headers=headers)
    assert [each.partition(" is 'vv")[0] for each in fake_spotify.violations] == [
        "token: code_verifier",
        "unknown grant_type 'password'.",
        "token: the content type is not application/x-www-form-urlencoded.",
        "refresh: PKCE requests must not have an Authorization header.",
    ]
    fake_spotify.violations.clear()


def test_refresh_keeps_the_refresh_token(
    accounts: httpx.Client, spotify_state: SpotifyState
) -> None:
    held = spotify_state.log_in()
    first = refresh(accounts, spotify_state, held.refresh).json()
    assert "refresh_token" not in first
    assert first["access_token"] in spotify_state.access
    assert refresh(accounts, spotify_state, held.refresh).status_code == 200


def test_rotation_invalidates_the_old_refresh_token(
    accounts: httpx.Client, spotify_state: SpotifyState
) -> None:
    spotify_state.rotates = True
    held = spotify_state.log_in()
    fresh = refresh(accounts, spotify_state, held.refresh).json()["refresh_token"]
    assert refused(refresh(accounts, spotify_state, held.refresh)) == "Refresh token revoked"
    assert refresh(accounts, spotify_state, fresh).status_code == 200


def test_refresh_token_expires_after_six_months(
    accounts: httpx.Client, spotify_state: SpotifyState
) -> None:
    spotify_state.rotates = True
    token = spotify_state.log_in().refresh
    spotify_state.advance(SIX_MONTHS - 3600)
    token = refresh(accounts, spotify_state, token).json()["refresh_token"]
    spotify_state.age_of_login = 3601
    answer = refresh(accounts, spotify_state, token)
    assert answer.status_code == 400
    assert answer.json() == {
        "error": "invalid_grant",
        "error_description": "Refresh token revoked",
    }


def test_login_can_be_revoked(accounts: httpx.Client, spotify_state: SpotifyState) -> None:
    held = spotify_state.log_in()
    spotify_state.revoke_refresh_token()
    assert refused(refresh(accounts, spotify_state, held.refresh)) == "Refresh token revoked"
