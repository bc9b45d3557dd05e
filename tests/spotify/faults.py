"""What goes wrong on the way: the kinds of faults that a test can put before a request."""

from dataclasses import dataclass
from typing import Any


@dataclass
class Fault:
    """One kind of fault: a short answer, a body of any size, or a wait before the true answer."""

    kind: str
    status: int = 200
    body: Any = None
    seconds: float = 0.0
    megabytes: int = 0
    retry_after: int | None = None
    on: str | None = None  # the operation; None: the next of the API or for a token
    times: int = 1

    @property
    def after_the_deed(self) -> bool:
        """Whether Spotify did what was asked, though its answer suffers."""
        return self.kind in ("slow", "drop", "plain_text")

    def concerns(self, operation: str) -> bool:
        return self.on == operation if self.on else operation != "authorize"


def status(code: int) -> Fault:
    """A server error or another status, in HTML as proxies answer it."""
    return Fault("status", status=code)


def slow(seconds: float) -> Fault:
    """The true answer, but late."""
    return Fault("slow", seconds=seconds)


def trickle(seconds: float) -> Fault:
    """A body that comes byte by byte, for so long in all, and then ends."""
    return Fault("trickle", seconds=seconds)


def drop() -> Fault:
    """The connection ends in the middle of the answer."""
    return Fault("drop")


def login_page() -> Fault:
    """A hotel's proxy answers in Spotify's place: 200 and a page."""
    return Fault("login_page")


def redirect_to_portal() -> Fault:
    """A proxy sends the program to its own page: 302."""
    return Fault("redirect_to_portal", status=302)


def not_json() -> Fault:
    """200, said to be JSON, and none."""
    return Fault("not_json")


def plain_text(words: str) -> Fault:
    """The deed is done, and answered 200 with words that are no JSON."""
    return Fault("plain_text", body=words)


def wrong_shape(body: Any = None) -> Fault:
    """JSON of another shape than the contract's: an object of another kind, or `body`."""
    return Fault("wrong_shape", body={"unexpected": [1]} if body is None else body)


def huge(megabytes: int = 64) -> Fault:
    """A body that does not end before so many megabytes."""
    return Fault("huge", megabytes=megabytes)
