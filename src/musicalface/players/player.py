"""What every player has in common."""

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar, Protocol

from ..errors import PlayerError
from ..songs.song import Song


class Can(StrEnum):
    """What a player may be able to do."""

    PLAY = "play"
    QUEUE = "queue"
    PAUSE = "pause"
    NEXT = "go to the next song"
    SAVE = "save a playlist"
    LIKE = "like a song"


class Player(Protocol):
    """Makes songs sound; what it cannot do raises PlayerError, and `can` says it beforehand."""

    name: ClassVar[str]
    needs: ClassVar[str]  # what the person must have, as a phrase
    can: ClassVar[frozenset[Can]]

    def play(self, songs: Sequence[Song]) -> None:
        """Start the songs, the first at once; they replace what was playing."""
        raise self._cannot(Can.PLAY)

    def queue(self, song: Song) -> None:
        """Play a song after those that are queued."""
        raise self._cannot(Can.QUEUE)

    def pause(self) -> None:
        """Be silent, and stay where it is."""
        raise self._cannot(Can.PAUSE)

    def next(self) -> None:
        """Go to the next song."""
        raise self._cannot(Can.NEXT)

    def save(self, name: str, songs: Sequence[Song]) -> str:
        """Keep the songs as a playlist; gives its address."""
        raise self._cannot(Can.SAVE)

    def like(self, song: Song) -> None:
        """Add the song to those that the person likes."""
        raise self._cannot(Can.LIKE)

    def _cannot(self, what: Can) -> PlayerError:
        return PlayerError(f"The player {self.name} cannot {what}.")
