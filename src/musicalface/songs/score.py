"""Rows of lyrics become songs with moods: the same in this process and in workers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..lyrics.english import is_english, is_long_enough
from ..lyrics.read import mood_probabilities
from ..lyrics.tables import SongRow
from ..models import Model
from ..mood import MoodScores
from .song import Song

DIGITS = 3
"""Probabilities are rounded as they travel, so that an exported catalog is the same catalog."""


@dataclass(frozen=True)
class Scored:
    """The songs of some rows, and how many rows were left out, by reason."""

    rows: int
    songs: list[Song]
    left_out: Counter[str] = field(default_factory=Counter)


def scored(rows: Sequence[SongRow], network: Model) -> Scored:
    """Read the mood of the English rows with a name and enough words."""
    left_out = Counter(reason for row in rows if (reason := _left_out(row)))
    usable = [row for row in rows if not _left_out(row)]
    moods = mood_probabilities([row.lyrics for row in usable], network)
    songs = [
        Song(
            row.artist,
            row.title,
            MoodScores.of(round(float(p), DIGITS) for p in probabilities),
            "lyrics",
            row.spotify_id,
        )
        for row, probabilities in zip(usable, moods, strict=True)
    ]
    return Scored(len(rows), songs, left_out)


def _left_out(row: SongRow) -> str | None:
    if not row.artist or not row.title:
        return "without artist or title"
    if not is_long_enough(row.lyrics):
        return "with fewer than 20 words"
    return None if is_english(row.lyrics) else "not English"
