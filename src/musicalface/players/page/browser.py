"""Sound without any account: Spotify's embedded player on a page of our own."""

from collections.abc import Sequence
from typing import ClassVar

from ...songs.song import Song
from ..links import EMBED_API, EMBED_ORIGINS, embed, link
from ..player import Can, Player
from .deck import Deck, Row
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


class BrowserPlayer(Player):
    """A page with Spotify's player, one song at a time; it plays when somebody has opened it."""

    name: ClassVar[str] = "browser"
    needs: ClassVar[str] = "a browser, and the network for Spotify's player"
    can: ClassVar[frozenset[Can]] = frozenset({Can.PLAY, Can.QUEUE, Can.PAUSE, Can.NEXT})

    def __init__(self, title: str = "") -> None:
        self._deck = Deck()
        words = {"title": title, "voice": "embed", "api": EMBED_API, "note": _NOTE}
        self.page = Page(self._deck, _row, words, _POLICY)

    def play(self, songs: Sequence[Song]) -> None:
        """Show the songs; those with a Spotify id play there, the rest are links."""
        self._deck.replace(songs)

    def queue(self, song: Song) -> None:
        """Play a song after the others."""
        self._deck.append(song)

    def pause(self) -> None:
        """Be silent."""
        self._deck.tell("pause")

    def next(self) -> None:
        """Go to the next song."""
        self._deck.tell("next")


def _row(_: int, song: Song) -> Row:
    return {
        "artist": song.artist,
        "title": song.title,
        "mood": song.mood.value,
        "link": link(song),
        "track": song.spotify_id or None,
        "sound": embed(song) if song.spotify_id else None,
    }
