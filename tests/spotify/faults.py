"""Faults that a test can inject into requests."""

from dataclasses import dataclass
from typing import Any


@dataclass
class Fault:
    """A fault: another response, a body of any size, or a delay of the normal response."""

    kind: str
    status: int = 200
    body: Any = None
    seconds: float = 0.0
    megabytes: int = 0
    retry_after: int | None = None
    on: str | None = None  # the operation; None: the next request to the API or for a token
    times: int = 1

    @property
    def is_after_the_call(self) -> bool:
        """True if Spotify executes the call and only the response is faulty."""
        return self.kind in ("slow", "drop", "plain_text")

    def concerns(self, operation: str) -> bool:
        return self.on == operation if self.on else operation != "authorize"


def status(code: int) -> Fault:
    """A server error or another status, with an HTML body as from a proxy."""
    return Fault("status", status=code)


def slow(seconds: float) -> Fault:
    """The normal response after a delay."""
    return Fault("slow", seconds=seconds)


def trickle(seconds: float) -> Fault:
    """A body sent byte by byte over this many seconds."""
    return Fault("trickle", seconds=seconds)


def drop() -> Fault:
    """The connection is closed in the middle of the response."""
    return Fault("drop")


def login_page() -> Fault:
    """A captive portal responds instead of Spotify: 200 and an HTML page."""
    return Fault("login_page")


def redirect_to_portal() -> Fault:
    """A captive portal redirects to its own page: 302."""
    return Fault("redirect_to_portal", status=302)


def not_json() -> Fault:
    """200 with the content type of JSON, and a body that is not JSON."""
    return Fault("not_json")


def plain_text(text: str) -> Fault:
    """The call is executed, and the response is 200 with plain text."""
    return Fault("plain_text", body=text)


def wrong_shape(body: Any = None) -> Fault:
    """JSON of an unexpected shape: an unrelated object, or `body`."""
    return Fault("wrong_shape", body={"unexpected": [1]} if body is None else body)


def huge(megabytes: int = 64) -> Fault:
    """A body of this many megabytes."""
    return Fault("huge", megabytes=megabytes)
