"""A song, and what is known of it."""

from dataclasses import dataclass
from pathlib import Path

from ..mood import Evidence, Mood, MoodScores


@dataclass(frozen=True)
class Song:
    """A song of the catalog, or of the person's own files; what is not known is empty."""

    artist: str
    title: str
    moods: MoodScores
    evidence: Evidence = "lyrics"
    spotify_id: str = ""
    file: Path | None = None
    file_id: int = 0  # its number in the person's library

    @property
    def mood(self) -> Mood:
        """The likeliest mood."""
        return self.moods.mood
