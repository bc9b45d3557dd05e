"""Parses Deezer tracks strictly: limits on numbers and texts, and checks of URLs."""

from dataclasses import dataclass
from typing import Any

from ...identity import clean_name
from ..song_links import deezer_page
from .deezer_errors import Problem, deezer_error
from .hosts import is_cover, is_preview

MAX_ID = 10**15
MAX_DURATION = 24 * 3600  # seconds
_MAX_TEXT = 2000


@dataclass(frozen=True)
class Facts:
    """A song's facts for display; may be cached for a limited time."""

    number: int  # Deezer id, > 0
    artist: str
    title: str
    seconds: int  # length of the song; 0 if unknown
    cover: str  # URL of a picture of 250 pixels, or empty
    large_cover: str  # of 500 pixels, or empty

    @property
    def link(self) -> str:
        """The URL of the song's page on Deezer."""
        return deezer_page(self.number)


@dataclass(frozen=True)
class Track:
    """A track; `preview` is the URL of 30 seconds of it, or empty. It expires in 15 minutes."""

    facts: Facts
    album: str
    is_readable: bool  # True if Deezer offers it in this country
    preview: str
    alternative: int  # Deezer id of the same song in another release; 0 if none

    @property
    def can_play(self) -> bool:
        """True if there is a preview."""
        return self.is_readable and bool(self.preview)


def parse_track(item: dict[str, Any]) -> Track:
    """Parses a track; raises KeyError, TypeError or ValueError for invalid fields.

    Raises DeezerError if the preview is not on one of Deezer's hosts.
    """
    album = item.get("album") or {}
    facts = Facts(
        _number(item["id"], least=1),
        _name(item["artist"]["name"]),
        _name(item["title"]),
        _number(item["duration"], most=MAX_DURATION),
        _cover(album.get("cover_medium")),
        _cover(album.get("cover_big")),
    )
    alternative = item.get("alternative") or {}
    return Track(
        facts,
        clean_name(_text(album.get("title"))),
        _boolean(item["readable"]),
        _preview(item.get("preview")),
        _number(alternative["id"], least=1) if alternative else 0,
    )


def _preview(value: object) -> str:
    address = _text(value)
    if address and not is_preview(address):
        raise deezer_error(Problem.FOREIGN)
    return address


def _cover(value: object) -> str:
    """The URL, or empty if it is on another host: the song plays without a cover."""
    address = _text(value)
    return address if is_cover(address) else ""


def _name(value: object) -> str:
    name = clean_name(_text(value))
    if not name:
        raise ValueError(value)
    return name


def _text(value: object) -> str:
    """A text of limited length; empty for None."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(value)
    if len(value) > _MAX_TEXT:
        raise ValueError(len(value))
    return value


def _number(value: object, least: int = 0, most: int = MAX_ID) -> int:
    """An integer, or one as text, as in some of Deezer's examples."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    if not least <= value <= most:
        raise ValueError(value)
    return value


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value
