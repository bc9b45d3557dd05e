"""HTTP transport: GET requests with limits on time and size, without redirects and cookies."""

import time
from http.cookiejar import CookieJar, DefaultCookiePolicy
from threading import Lock

import httpx

from ...stored_settings import is_offline
from .deezer_errors import Problem, deezer_error
from .hosts import api, is_cover

MAX_BYTES = 1_000_000  # 25 tracks take about 50,000, a cover 20,000
CONNECT_TIMEOUT, READ_TIMEOUT = 3.0, 4.0  # seconds

# No compression, so that MAX_BYTES limits the memory.
_HEADERS = {
    "Accept-Encoding": "identity",
    "User-Agent": "MusicalFace",
}
_NAMES = {"application/json": "JSON", "image/jpeg": "a picture"}
_UNCOMPRESSED = ("", "identity")
_LIMITS = httpx.Limits(max_connections=8, max_keepalive_connections=4)


class Transport:
    """Thread-safe; keeps connections open between requests."""

    def __init__(self) -> None:
        self._client: httpx.Client | None = None
        self._lock = Lock()

    def get(self, path: str, query: dict[str, str | int], deadline: float) -> bytes:
        """The JSON body of a successful response; `deadline` is on the monotonic clock.

        Raises DeezerError, also if MUSICALFACE_OFFLINE is set.
        """
        address = httpx.URL(f"{api()}{path}", params=query)
        return self._fetch(str(address), "application/json", deadline)

    def get_cover(self, address: str, deadline: float) -> bytes:
        """The bytes of a JPEG on one of Deezer's hosts for covers. Raises DeezerError."""
        if not is_cover(address):
            raise deezer_error(Problem.FOREIGN)
        return self._fetch(address, "image/jpeg", deadline)

    def _fetch(self, address: str, kind: str, deadline: float) -> bytes:
        if is_offline():
            raise deezer_error(Problem.OFF)
        timeout, accept = _timeout(deadline), {"Accept": kind}
        try:
            with self._open().stream("GET", address, headers=accept, timeout=timeout) as response:
                _check(response, kind)
                return _content(response, deadline)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ImportError, ValueError) as error:
            raise _problem(error) from None

    def close(self) -> None:
        """Closes the connections."""
        with self._lock:
            client, self._client = self._client, None
        if client:
            client.close()

    def _open(self) -> httpx.Client:
        with self._lock:
            if not self._client:
                no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
                self._client = httpx.Client(headers=_HEADERS, cookies=no_cookies, limits=_LIMITS)
            return self._client


def _timeout(deadline: float) -> httpx.Timeout:
    left = deadline - time.monotonic()
    if left <= 0:
        raise deezer_error(Problem.UNREACHABLE, "the request timed out")
    return httpx.Timeout(min(READ_TIMEOUT, left), connect=min(CONNECT_TIMEOUT, left))


def _check(response: httpx.Response, expected: str) -> None:
    """Raises DeezerError for an unexpected status, content type or encoding."""
    if response.status_code == 429:
        raise deezer_error(Problem.QUOTA)
    if response.status_code >= 500:
        raise deezer_error(Problem.BUSY, f"status {response.status_code}")
    if response.status_code != 200:
        raise deezer_error(Problem.NOT_DEEZER, f"status {response.status_code}")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != expected:
        raise deezer_error(Problem.NOT_DEEZER, f"not {_NAMES[expected]}")
    if response.headers.get("content-encoding", "") not in _UNCOMPRESSED:
        raise deezer_error(Problem.NOT_DEEZER, "a compressed response")


def _content(response: httpx.Response, deadline: float) -> bytes:
    content = bytearray()
    for piece in response.iter_raw():
        content += piece
        if len(content) > MAX_BYTES:
            raise deezer_error(Problem.NOT_DEEZER, "more than 1 MB")
        if time.monotonic() > deadline:  # httpx limits each read, not their sum
            raise deezer_error(Problem.UNREACHABLE, "the request timed out")
    return bytes(content)


def _problem(error: Exception) -> Exception:
    if isinstance(error, httpx.TimeoutException):
        return deezer_error(Problem.UNREACHABLE, "the request timed out")
    if isinstance(error, httpx.ConnectError):
        return deezer_error(
            Problem.UNREACHABLE, " ".join(str(error).split())[:100] or "no connection"
        )
    if isinstance(error, httpx.HTTPError):
        return deezer_error(Problem.CUT)
    return deezer_error(Problem.UNREACHABLE, "the proxy or certificate settings are invalid")
