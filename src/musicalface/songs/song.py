"""A song, and what is known of it."""

from dataclasses import dataclass

from ..mood import Evidence, Mood, MoodScores


@dataclass(frozen=True)
class Song:
    """A song of the catalog; `spotify_id` is empty where it is not known."""

    artist: str
    title: str
    moods: MoodScores
    evidence: Evidence = "lyrics"
    spotify_id: str = ""

    @property
    def mood(self) -> Mood:
        """The likeliest mood."""
        return self.moods.mood
