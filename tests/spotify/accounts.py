"""The accounts service: the page where a person consents, and the tokens."""

import base64
import hashlib
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.responses import HTMLResponse, RedirectResponse, Response

from .answers import Answer, RefusalError
from .contract import read_contract
from .logins import Code, Login
from .values import BreachError
from .world import Asked, World


def authorize(world: World, asked: Asked) -> Response:
    """The page, or the way back to the program; raises BreachError for a scope there is not."""
    query = asked.query
    unknown = set(query["scope"]) - read_contract().scopes
    if unknown:
        raise BreachError(f"authorize: there is no scope {', '.join(sorted(unknown))}")
    if query["client_id"] != world.client_id:
        return HTMLResponse("INVALID_CLIENT: Invalid client", 400)
    if not _registered(world, query["redirect_uri"]):
        return HTMLResponse("INVALID_CLIENT: Invalid redirect URI", 400)
    if world.consent == "never":
        return HTMLResponse("<title>Agree</title><p>MusicalFace wants to play music.")
    joint = "&" if "?" in query["redirect_uri"] else "?"
    address = query["redirect_uri"] + joint + urlencode(_said(world, query))
    return RedirectResponse(address, read_contract().calls["authorize"].status)


def _said(world: World, query: dict[str, Any]) -> dict[str, str]:
    state = query["state"]
    if world.consent == "no":
        return {"error": "access_denied", "state": state}
    granted = tuple(scope for scope in query["scope"] if scope not in world.withheld)
    code = world.new_code(Code(query["code_challenge"], query["redirect_uri"], granted))
    return {"code": code, "state": state[::-1] + "x" if world.consent == "wrong_state" else state}


def _registered(world: World, redirect_uri: str) -> bool:
    """A loopback address registered without a port stands for every port (RFC 8252, 7.3)."""
    wanted, ours = urlsplit(redirect_uri), urlsplit(world.registered_redirect)
    same_place = (wanted.hostname, wanted.path) == (ours.hostname, ours.path)
    return same_place and ours.port in (None, wanted.port)


def token(world: World, asked: Asked) -> Answer:
    """Tokens for a code, which is good for once; raises RefusalError."""
    form = _of_our_app(world, asked)
    code = world.codes.pop(form["code"], None)
    if not code:
        raise RefusalError("invalid_code")
    if form["redirect_uri"] != code.redirect_uri:
        raise RefusalError("invalid_redirect")
    if challenge_of(form["code_verifier"]) != code.challenge:
        raise RefusalError("invalid_verifier")
    login = Login(code.scopes, world.now())
    return Answer(200, _tokens(world, login) | {"refresh_token": world.new_refresh(login)})


def refresh(world: World, asked: Asked) -> Answer:
    """A new access token, and where they rotate a new refresh token; raises RefusalError."""
    form = _of_our_app(world, asked)
    login = world.living(form["refresh_token"])
    if not login:
        raise RefusalError("refresh_token_revoked")
    tokens = _tokens(world, login)
    if world.rotates:
        del world.refresh[form["refresh_token"]]
        tokens["refresh_token"] = world.new_refresh(login)
    return Answer(200, tokens)


def challenge_of(verifier: str) -> str:
    """S256 of RFC 7636: SHA-256 in base64url without padding."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _of_our_app(world: World, asked: Asked) -> dict[str, Any]:
    if asked.body["client_id"] != world.client_id:
        raise RefusalError("invalid_client")
    return asked.body


def _tokens(world: World, login: Login) -> dict[str, Any]:
    return {
        "access_token": world.new_access(login),
        "token_type": "Bearer",
        "scope": " ".join(login.scopes),
        "expires_in": world.token_lifetime,
    }
