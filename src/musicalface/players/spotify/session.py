"""Requests in the person's name: the token, its renewal, and patience with an end."""

import time
from collections.abc import Mapping
from typing import Any

from ...errors import SpotifyError
from ...identity import clean_name
from . import login as logins
from .addresses import accounts, api
from .answers import Answer, understood
from .login import Login
from .problems import Problem, failed
from .transport import Transport

_PATIENCE = 10.0
"""Seconds of waiting for one request, all told; who must wait longer is told so at once."""

_PAUSES = (0.5, 1.5)  # seconds, before asking again after trouble of Spotify's own


class Session:
    """A logged-in conversation with Spotify; a context manager.

    Raises SpotifyError for everything that can go wrong, and never hangs: a request
    takes under a minute, waiting and a new token included.
    """

    def __init__(self) -> None:
        self._transport = Transport()
        self._token = ""

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Any:
        """The JSON of a success, None for an empty one.

        What changes nothing when it is done twice (GET, PUT) is tried again after
        trouble that passes.
        """
        return self._succeeded(method, path, query, body).document

    def command(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> None:
        """`call` for what is only done: the player answers with nothing, or with plain words."""
        if self._succeeded(method, path, query, body).is_page:
            raise failed(Problem.NOT_SPOTIFY)

    def _succeeded(
        self,
        method: str,
        path: str,
        query: Mapping[str, str | int] | None,
        body: Mapping[str, Any] | None,
    ) -> Answer:
        parts: dict[str, Any] = {"params": dict(query or {})}
        if body is not None:
            parts["json"] = body
        answer = self._with_patience(method, f"{api()}{path}", parts)
        if not 200 <= answer.status < 300:
            raise answer.error()
        return answer

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _with_patience(self, method: str, address: str, parts: dict[str, Any]) -> Answer:
        left, pauses = _PATIENCE, list(_PAUSES if method != "POST" else ())
        while True:
            began = time.monotonic()
            answer = self._authorized(method, address, parts)
            if answer.status == 429 and not answer.quota_is_used_up and answer.wait <= left:
                pause = answer.wait
            elif answer.is_passing and pauses:
                pause = pauses.pop(0)
            else:
                return answer
            left -= pause + time.monotonic() - began
            if left < 0:
                return answer
            time.sleep(pause)

    def _authorized(self, method: str, address: str, parts: dict[str, Any]) -> Answer:
        """With a token that is good, renewed once if Spotify says that it is not."""
        answer = self._send(method, address, parts, self._fresh_token())
        if answer.status == 401:
            answer = self._send(method, address, parts, self._renewed_token(self._token))
        return answer

    def _send(self, method: str, address: str, parts: dict[str, Any], token: str) -> Answer:
        headers = {"Authorization": f"Bearer {token}"}
        return self._transport.send(method, address, headers=headers, **parts)

    def _fresh_token(self) -> str:
        login = logins.load()
        if login is None:
            raise failed(Problem.LOGGED_OUT)
        self._token = login.access_token
        return self._token if login.is_fresh else self._renewed_token(self._token)

    def _renewed_token(self, stale: str) -> str:
        self._token = logins.refreshed(stale, self._refresh).access_token
        return self._token

    def _refresh(self, login: Login) -> Login:
        form = {"grant_type": "refresh_token", "refresh_token": login.refresh_token}
        return granted(self._transport, login.client_id, form, login)


def granted(transport: Transport, client_id: str, form: dict[str, str], before: Login) -> Login:
    """The tokens that the accounts service gives; a refresh token that it leaves out stays.

    Raises SpotifyError: LOGIN_LOST when the grant is no longer good, and CLIENT_ID
    when Spotify does not know the app.
    """
    data = form | {"client_id": client_id}
    answer = transport.send("POST", f"{accounts()}/api/token", data=data)
    if answer.status in (400, 401):
        raise _denied(answer)
    if answer.status != 200:
        raise answer.error()
    with understood():
        found = answer.document
        return Login(
            client_id,
            _token(found["access_token"]),
            _token(found.get("refresh_token") or before.refresh_token),
            time.time() + min(float(found["expires_in"]), logins.LIFETIME),
            before.since or time.time(),
        )


def _denied(answer: Answer) -> SpotifyError:
    with understood():
        kind = str(answer.document["error"])
    if kind == "invalid_grant":
        return failed(Problem.LOGIN_LOST)
    if kind in ("invalid_client", "unauthorized_client"):
        return failed(Problem.CLIENT_ID)
    return failed(Problem.OURS, clean_name(kind)[:40])


def _token(value: object) -> str:
    if not isinstance(value, str) or not value or not logins.is_printable(value):
        raise TypeError
    return value
