"""Player interface: capabilities, and the methods that every player may implement."""

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar, Protocol

from ..errors import PlayerError
from ..songs.song import Song


class Capability(StrEnum):
    """An action that a player may support."""

    PLAY = "play"
    QUEUE = "queue"
    PAUSE = "pause"
    NEXT = "go to the next song"
    SAVE = "save a playlist"
    LIKE = "like a song"


class Player(Protocol):
    """Plays songs. Methods outside of `capabilities` raise PlayerError."""

    name: ClassVar[str]
    needs: ClassVar[str]  # what the user must have, as a phrase
    capabilities: ClassVar[frozenset[Capability]]

    def play(self, songs: Sequence[Song]) -> None:
        """Start the songs, replacing what was playing."""
        raise self._unsupported(Capability.PLAY)

    def queue(self, song: Song) -> None:
        """Add a song to the end of the queue."""
        raise self._unsupported(Capability.QUEUE)

    def pause(self) -> None:
        """Pause playback."""
        raise self._unsupported(Capability.PAUSE)

    def next(self) -> None:
        """Skip to the next song."""
        raise self._unsupported(Capability.NEXT)

    def save(self, name: str, songs: Sequence[Song]) -> str:
        """Save the songs as a playlist, and return its address."""
        raise self._unsupported(Capability.SAVE)

    def like(self, song: Song) -> None:
        """Add the song to the user's liked songs."""
        raise self._unsupported(Capability.LIKE)

    def _unsupported(self, what: Capability) -> PlayerError:
        return PlayerError(f"The player {self.name} can't {what}. Choose another player.")
