"""Login: OAuth 2.0 authorization code with PKCE (RFC 7636), redirect to loopback (RFC 8252)."""

import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from threading import Event
from urllib.parse import urlencode

from ..song_links import open_address
from . import search_cache, token_store
from .callback_server import CallbackServer
from .endpoints import SCOPES, accounts_url
from .http_transport import Transport
from .spotify_errors import Problem, spotify_error
from .token_refresh import request_tokens
from .token_store import Credentials

LOGIN_TIMEOUT = 180.0
"""Seconds that the user has on Spotify's page."""

_CLIENT_ID = re.compile("[0-9a-f]{32}")


def is_client_id(text: str) -> bool:
    """True if the text has the form of a Client ID: 32 hexadecimal digits."""
    return bool(_CLIENT_ID.fullmatch(text))


def log_in(
    client_id: str,
    *,
    notify: Callable[[str], None],
    open_browser: bool = True,
    timeout: float = LOGIN_TIMEOUT,
    cancelled: Event | None = None,
) -> Credentials:
    """Log in through a browser, and store the tokens.

    `notify` receives the address to open, and a message if a foreign response was
    ignored. Raises SpotifyError if the user denies access or the login times out,
    fails or is `cancelled`.
    """
    token_store.check_writable()
    verifier, state = secrets.token_urlsafe(64), secrets.token_urlsafe(24)
    with CallbackServer(state, notify) as callback:
        address = _authorize_url(client_id, callback.address, _code_challenge(verifier), state)
        notify(address)
        if open_browser:
            open_address(address)
        code = callback.wait(timeout, cancelled)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": callback.address,
            "code_verifier": verifier,
        }
    login = _exchange_code(client_id, form)
    search_cache.clear()
    token_store.save(login)
    return login


def _exchange_code(client_id: str, form: dict[str, str]) -> Credentials:
    transport = Transport()
    try:
        login = request_tokens(transport, client_id, form, Credentials(client_id))
    finally:
        transport.close()
    if not login.refresh_token:
        raise spotify_error(Problem.OURS, "no refresh token")
    return login


def _authorize_url(client_id: str, redirect: str, challenge: str, state: str) -> str:
    query = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect,
        "code_challenge_method": "S256",
        "code_challenge": challenge,
        "state": state,
        "scope": " ".join(SCOPES),
    }
    return f"{accounts_url()}/authorize?{urlencode(query)}"


def _code_challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
