"""The `Song` value: names, mood probabilities, evidence, ids and file."""

from dataclasses import dataclass
from pathlib import Path

from ..mood import EvidenceKind, Mood, MoodScores


@dataclass(frozen=True)
class Song:
    """A song of the catalog or of the user's library; unknown values are empty."""

    artist: str
    title: str
    moods: MoodScores
    evidence: EvidenceKind = "lyrics"
    spotify_id: str = ""
    file: Path | None = None
    file_id: int = 0  # its number in the user's library
    why: str = ""  # what its mood is based on, if that is more than the kind of evidence
    sound: MoodScores | None = None  # the mood of its sound alone
    deezer_id: int = 0
    known: int = 0  # how often listeners labelled it, see `times_known`

    @property
    def mood(self) -> Mood:
        """The most likely mood."""
        return self.moods.mood
