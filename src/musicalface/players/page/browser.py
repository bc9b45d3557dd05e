"""Sound without any account: Spotify's embedded player on a page of our own."""

from typing import ClassVar

from ...songs.song import Song
from ..links import EMBED_API, EMBED_ORIGINS, embed, link
from .deck import Deck, Row
from .paged import PagePlayer
from .server import Page

_POLICY = (
    "default-src 'none'; img-src 'self'; connect-src 'self'; style-src 'self'; "
    f"script-src 'self' {EMBED_ORIGINS}; frame-src {EMBED_ORIGINS}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_NOTE = (
    "Without a Spotify login in this browser about 30 seconds of each song sound; with one, "
    "whole songs. Songs without a player here have a link to Spotify's search."
)


class BrowserPlayer(PagePlayer):
    """Spotify's player for the songs whose id is known, one at a time; the rest are links."""

    name: ClassVar[str] = "browser"
    needs: ClassVar[str] = "a browser, and the network for Spotify's player"

    def __init__(self, title: str = "") -> None:
        deck = Deck()
        words = {"title": title, "voice": "embed", "api": EMBED_API, "note": _NOTE}
        super().__init__(deck, Page(deck, _row, words, _POLICY))


def _row(_: int, song: Song) -> Row:
    return {
        "artist": song.artist,
        "title": song.title,
        "mood": song.mood.value,
        "link": link(song),
        "track": song.spotify_id or None,
        "sound": embed(song) if song.spotify_id else None,
    }
