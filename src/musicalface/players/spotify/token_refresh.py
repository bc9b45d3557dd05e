"""Token refresh: one process requests new tokens while the others wait."""

import time
from collections.abc import Callable
from contextlib import suppress

from ...errors import SpotifyError
from ...identity import clean_name
from . import token_store
from .api_objects import MAX_SECONDS, number_of
from .api_response import ApiResponse, checked_shape
from .endpoints import accounts_url
from .http_transport import Transport
from .login_lock import login_lock
from .spotify_errors import Problem, spotify_error
from .token_store import Credentials


def refresh_once(stale: str, refresh: Callable[[Credentials], Credentials]) -> Credentials:
    """Return credentials whose access token is not `stale`, refreshed at most once.

    `refresh` requests new tokens and may raise; if the login has expired, the tokens are
    deleted. Raises SpotifyError if the user is not logged in.
    """
    with login_lock():
        credentials = token_store.load()
        if credentials is None:
            raise spotify_error(Problem.LOGGED_OUT)
        if not credentials.refresh_token:
            raise spotify_error(Problem.LOGIN_LOST)
        if credentials.is_fresh and credentials.access_token != stale:
            return credentials
        try:
            credentials = refresh(credentials)
        except SpotifyError as error:
            if error.problem == Problem.LOGIN_LOST.name:
                token_store.write_credentials(credentials.without_tokens())
            raise
        with suppress(OSError):  # usable in this process even if it cannot be stored
            token_store.write_credentials(credentials)
        return credentials


def request_tokens(
    transport: Transport, client_id: str, form: dict[str, str], before: Credentials
) -> Credentials:
    """Request tokens from the accounts service; keeps the old refresh token if none is sent.

    Raises SpotifyError: LOGIN_LOST if the grant is invalid, CLIENT_ID if the app is unknown.
    """
    data = form | {"client_id": client_id}
    response = transport.send("POST", f"{accounts_url()}/api/token", data=data)
    if response.status in (400, 401):
        raise _grant_error(response)
    if response.status != 200:
        raise response.error()
    with checked_shape():
        tokens = response.document
        return Credentials(
            client_id,
            _check_token(tokens["access_token"]),
            _check_token(tokens.get("refresh_token") or before.refresh_token),
            time.time() + min(number_of(tokens["expires_in"], MAX_SECONDS), token_store.LIFETIME),
            before.since or time.time(),
        )


def _grant_error(response: ApiResponse) -> SpotifyError:
    with checked_shape():
        kind = str(response.document["error"])
    if kind == "invalid_grant":
        return spotify_error(Problem.LOGIN_LOST)
    if kind in ("invalid_client", "unauthorized_client"):
        return spotify_error(Problem.CLIENT_ID)
    return spotify_error(Problem.OURS, clean_name(kind)[:40])


def _check_token(value: object) -> str:
    if not isinstance(value, str) or not value or not token_store.is_printable(value):
        raise TypeError
    return value
