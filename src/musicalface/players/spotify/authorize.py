"""Logging in: Authorization Code with PKCE (RFC 7636), answered on loopback (RFC 8252)."""

import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from threading import Event
from urllib.parse import urlencode

from ..links import browse
from . import login as logins
from . import memory
from .addresses import SCOPES, accounts
from .callback import Callback
from .login import Login
from .problems import Problem, failed
from .session import granted
from .transport import Transport

PATIENCE = 180.0
"""Seconds in which the person comes back from Spotify's page."""

_CLIENT_ID = re.compile("[0-9a-f]{32}")


def is_client_id(text: str) -> bool:
    """Whether it looks like one: 32 hexadecimal digits."""
    return bool(_CLIENT_ID.fullmatch(text))


def log_in(
    client_id: str,
    *,
    tell: Callable[[str], None],
    open_browser: bool = True,
    patience: float = PATIENCE,
    cancelled: Event | None = None,
) -> Login:
    """Ask the person in a browser, and keep the tokens.

    `tell` is given the address to open, and a sentence for each answer that was
    none of ours. Raises SpotifyError when the person refuses or does not come back,
    or Spotify refuses. `cancelled` ends the waiting.
    """
    logins.check_place()
    verifier, state = secrets.token_urlsafe(64), secrets.token_urlsafe(24)
    with Callback(state, tell) as callback:
        address = _address(client_id, callback.address, _challenge(verifier), state)
        tell(address)
        if open_browser:
            browse(address)
        code = callback.wait(patience, cancelled)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": callback.address,
            "code_verifier": verifier,
        }
    login = _exchanged(client_id, form)
    memory.forget()
    logins.save(login)
    return login


def _exchanged(client_id: str, form: dict[str, str]) -> Login:
    transport = Transport()
    try:
        login = granted(transport, client_id, form, Login(client_id))
    finally:
        transport.close()
    if not login.refresh_token:
        raise failed(Problem.OURS, "no refresh token came")
    return login


def _address(client_id: str, redirect: str, challenge: str, state: str) -> str:
    query = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect,
        "code_challenge_method": "S256",
        "code_challenge": challenge,
        "state": state,
        "scope": " ".join(SCOPES),
    }
    return f"{accounts()}/authorize?{urlencode(query)}"


def _challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
