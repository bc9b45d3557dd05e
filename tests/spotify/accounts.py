"""Accounts service of the fake server: the consent page and the tokens."""

import base64
import hashlib
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.responses import HTMLResponse, RedirectResponse, Response

from .contract import read_contract
from .logins import Code, Login
from .responses import ContractError, FakeResponse
from .state import RecordedRequest, SpotifyState
from .values import BreachError


def authorize(world: SpotifyState, recorded: RecordedRequest) -> Response:
    """The consent page or the redirect; raises BreachError if a scope is unknown."""
    query = recorded.query
    unknown = set(query["scope"]) - read_contract().scopes
    if unknown:
        raise BreachError(f"authorize: unknown scope {', '.join(sorted(unknown))}")
    if query["client_id"] != world.client_id:
        return HTMLResponse("INVALID_CLIENT: Invalid client", 400)
    if not _registered(world, query["redirect_uri"]):
        return HTMLResponse("INVALID_CLIENT: Invalid redirect URI", 400)
    if world.consent == "never":
        return HTMLResponse("<title>Agree</title><p>MusicalFace wants to play music.")
    joint = "&" if "?" in query["redirect_uri"] else "?"
    address = query["redirect_uri"] + joint + urlencode(_redirect_query(world, query))
    return RedirectResponse(address, read_contract().calls["authorize"].status)


def _redirect_query(world: SpotifyState, query: dict[str, Any]) -> dict[str, str]:
    state = query["state"]
    if world.consent == "no":
        return {"error": "access_denied", "state": state}
    granted = tuple(scope for scope in query["scope"] if scope not in world.withheld)
    code = world.new_code(Code(query["code_challenge"], query["redirect_uri"], granted))
    return {"code": code, "state": state[::-1] + "x" if world.consent == "wrong_state" else state}


def _registered(world: SpotifyState, redirect_uri: str) -> bool:
    """True if the URI is registered; one without a port matches all ports (RFC 8252, 7.3)."""
    sent, registered = urlsplit(redirect_uri), urlsplit(world.registered_redirect)
    is_same = (sent.hostname, sent.path) == (registered.hostname, registered.path)
    return is_same and registered.port in (None, sent.port)


def token(world: SpotifyState, recorded: RecordedRequest) -> FakeResponse:
    """Exchange a single-use code for tokens; raises ContractError."""
    form = _form_of_our_app(world, recorded)
    code = world.codes.pop(form["code"], None)
    if not code:
        raise ContractError("invalid_code")
    if form["redirect_uri"] != code.redirect_uri:
        raise ContractError("invalid_redirect")
    if challenge_of(form["code_verifier"]) != code.challenge:
        raise ContractError("invalid_verifier")
    login = Login(code.scopes, world.now())
    return FakeResponse(200, _tokens(world, login) | {"refresh_token": world.new_refresh(login)})


def refresh(world: SpotifyState, recorded: RecordedRequest) -> FakeResponse:
    """A new access token, and with rotation a new refresh token; raises ContractError."""
    form = _form_of_our_app(world, recorded)
    login = world.living(form["refresh_token"])
    if not login:
        raise ContractError("refresh_token_revoked")
    tokens = _tokens(world, login)
    if world.rotates:
        del world.refresh[form["refresh_token"]]
        tokens["refresh_token"] = world.new_refresh(login)
    return FakeResponse(200, tokens)


def challenge_of(verifier: str) -> str:
    """The S256 code challenge of RFC 7636: SHA-256 in base64url without padding."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _form_of_our_app(world: SpotifyState, recorded: RecordedRequest) -> dict[str, Any]:
    if recorded.body["client_id"] != world.client_id:
        raise ContractError("invalid_client")
    return recorded.body


def _tokens(world: SpotifyState, login: Login) -> dict[str, Any]:
    return {
        "access_token": world.new_access(login),
        "token_type": "Bearer",
        "scope": " ".join(login.scopes),
        "expires_in": world.token_lifetime,
    }
