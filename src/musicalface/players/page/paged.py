"""What players on a page have in common."""

from collections.abc import Sequence
from typing import ClassVar

from ...songs.song import Song
from ..player import Can, Player
from .deck import Deck
from .server import Page


class PagePlayer(Player):
    """A player whose page is told what to do; it plays when somebody has opened it."""

    can: ClassVar[frozenset[Can]] = frozenset({Can.PLAY, Can.QUEUE, Can.PAUSE, Can.NEXT})

    def __init__(self, deck: Deck, page: Page) -> None:
        self._deck = deck
        self.page = page

    def play(self, songs: Sequence[Song]) -> None:
        """Show the songs, and play those that have a sound here, one after the other."""
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
