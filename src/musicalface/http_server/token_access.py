"""Access control: by token, by secret path, or open."""

import secrets
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Scope

from .connections import trust
from .csrf_protection import bearer_token
from .errors import error_response
from .message_page import message_page, wants_page
from .peer_verification import PATH, proof_response
from .rate_limit import TokenBucket
from .readmission import PATH as READMISSION
from .readmission import Readmission
from .site_origin import Site

REFILL, BURST = 40.0, 150.0
"""Token bucket of authenticated requests: requests per second, and the largest burst."""

_NO_TOKEN = "Open the full link shown in your terminal."  # noqa: S105


class TokenAccess:
    """Requires the token of this run, as a cookie or bearer token.

    The token in the printed link is exchanged for an HttpOnly, SameSite=Strict cookie. A page of
    an earlier run gets one if it knows the `secret` of readmission.
    """

    def __init__(self, site: Site, token: str, secret: str) -> None:
        self._site, self._token = site, token
        self._readmission = Readmission(secret, site.port)
        self._cookie = f"musicalface_{site.port}"  # cookies are shared by all ports of a host
        self._bucket = TokenBucket(REFILL, BURST)

    def refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """401 without the token, 429 above the rate limit, 303 that sets the cookie, or None."""
        if scope["path"] == PATH and scope["type"] == "http":
            return proof_response(scope, self._token, self._site.port)
        if scope["path"] == READMISSION and scope["type"] == "http":
            return self._readmission.response(scope, self._with_cookie(Response(status_code=204)))
        if self._has_token_in_address(scope):
            trust(scope)
            return self._with_cookie(RedirectResponse("/", 303))
        if not self._is_authenticated(headers):
            return _not_allowed(scope, headers)
        trust(scope)
        if not self._bucket.take():
            return error_response(
                429,
                "busy",
                "Too many requests. Try again in a second.",
                {"Retry-After": "1"},
            )
        return None

    def _has_token_in_address(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["path"] != "/":
            return False
        query = parse_qs(scope["query_string"].decode("latin-1"))
        return self._is_token(query.get("token", [""])[0])

    def _with_cookie(self, answer: Response) -> Response:
        answer.set_cookie(
            self._cookie, self._token, httponly=True, samesite="strict", secure=self._site.tls
        )
        return answer

    def _is_authenticated(self, headers: Headers) -> bool:
        cookie = cookie_parser(headers.get("cookie", "")).get(self._cookie, "")
        return self._is_token(cookie) or self._is_token(bearer_token(headers))

    def _is_token(self, given: str) -> bool:
        return secrets.compare_digest(given.encode("utf-8", "replace"), self._token.encode())


class PathAccess:
    """Requires a secret as the first segment of the path."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def refusal(self, scope: Scope, _: Headers) -> Response | None:
        """404 without the secret, or None."""
        folder = scope["path"].split("/", 2)[1:2] or [""]
        if not secrets.compare_digest(folder[0].encode("utf-8", "replace"), self._secret.encode()):
            return PlainTextResponse("Not found.", 404)
        trust(scope)
        return None


class OpenAccess:
    """Allows every request."""

    def refusal(self, _: Scope, __: Headers) -> Response | None:
        """Always None."""
        return None


def _not_allowed(scope: Scope, headers: Headers) -> Response:
    if scope["path"].startswith("/api/"):
        return error_response(401, "not_allowed", _NO_TOKEN)
    if wants_page(headers):
        return message_page(401, "messages.private", "messages.private_more")
    return PlainTextResponse(_NO_TOKEN, 401)
