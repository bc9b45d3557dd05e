"""HTTP client for a logged-in user: adds the token, refreshes it, and retries within limits."""

import time
from collections.abc import Mapping
from typing import Any

from . import token_store
from .api_response import ApiResponse
from .endpoints import api_url
from .http_transport import Transport
from .spotify_errors import Problem, spotify_error
from .token_refresh import refresh_once, request_tokens
from .token_store import Credentials

_MAX_WAIT = 10.0
"""Seconds that one request may spend waiting for retries in total."""

_RETRY_DELAYS = (0.5, 1.5)  # seconds before the retries after a server error


class SpotifyClient:
    """Sends requests with the stored login; a context manager.

    Raises SpotifyError for every failure. A request takes less than a minute, including
    retries and a token refresh.
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
        """Return the JSON of a successful response, None if it is empty.

        Idempotent requests (GET, PUT) are retried after temporary server errors.
        """
        return self._request(method, path, query, body).document

    def command(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> None:
        """Like `call`, for requests whose successful response is empty or plain text."""
        if self._request(method, path, query, body).is_html:
            raise spotify_error(Problem.NOT_SPOTIFY)

    def _request(
        self,
        method: str,
        path: str,
        query: Mapping[str, str | int] | None,
        body: Mapping[str, Any] | None,
    ) -> ApiResponse:
        parts: dict[str, Any] = {"params": dict(query or {})}
        if body is not None:
            parts["json"] = body
        response = self._with_retries(method, f"{api_url()}{path}", parts)
        if not 200 <= response.status < 300:
            raise response.error()
        return response

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def __enter__(self) -> "SpotifyClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _with_retries(self, method: str, address: str, parts: dict[str, Any]) -> ApiResponse:
        left, delays = _MAX_WAIT, list(_RETRY_DELAYS if method != "POST" else ())
        while True:
            began = time.monotonic()
            response = self._with_token(method, address, parts)
            if (
                response.status == 429
                and not response.quota_exceeded
                and response.retry_delay <= left
            ):
                delay = response.retry_delay
            elif response.is_temporary and delays:
                delay = delays.pop(0)
            else:
                return response
            left -= delay + time.monotonic() - began
            if left < 0:
                return response
            time.sleep(delay)

    def _with_token(self, method: str, address: str, parts: dict[str, Any]) -> ApiResponse:
        """Send with a valid token; after a 401, refresh it once and send again."""
        response = self._send(method, address, parts, self._valid_token())
        if response.status == 401:
            response = self._send(method, address, parts, self._refresh_token(self._token))
        return response

    def _send(self, method: str, address: str, parts: dict[str, Any], token: str) -> ApiResponse:
        headers = {"Authorization": f"Bearer {token}"}
        return self._transport.send(method, address, headers=headers, **parts)

    def _valid_token(self) -> str:
        credentials = token_store.load()
        if credentials is None:
            raise spotify_error(Problem.LOGGED_OUT)
        self._token = credentials.access_token
        return self._token if credentials.is_fresh else self._refresh_token(self._token)

    def _refresh_token(self, stale: str) -> str:
        self._token = refresh_once(stale, self._refresh).access_token
        return self._token

    def _refresh(self, credentials: Credentials) -> Credentials:
        form = {"grant_type": "refresh_token", "refresh_token": credentials.refresh_token}
        return request_tokens(self._transport, credentials.client_id, form, credentials)
