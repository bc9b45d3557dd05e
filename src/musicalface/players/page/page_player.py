"""Base class of the players that run on a local page."""

from collections.abc import Sequence
from typing import ClassVar

from ...songs.song import Song
from ..player import Capability, Player
from .play_queue import PlayQueue
from .server import Page


class PagePlayer(Player):
    """A player that sends commands to its page; it plays once the page is open."""

    capabilities: ClassVar[frozenset[Capability]] = frozenset(
        {Capability.PLAY, Capability.QUEUE, Capability.PAUSE, Capability.NEXT}
    )

    def __init__(self, queue: PlayQueue, page: Page) -> None:
        self._queue = queue
        self.page = page

    def play(self, songs: Sequence[Song]) -> None:
        """Show the songs, and play those that are playable here, in order."""
        self._queue.replace(songs)

    def queue(self, song: Song) -> None:
        """Add a song to the end of the queue."""
        self._queue.append(song)

    def pause(self) -> None:
        """Pause playback."""
        self._queue.send("pause")

    def next(self) -> None:
        """Skip to the next song."""
        self._queue.send("next")
