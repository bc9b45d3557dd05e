"""The bridge from faces to songs: seven expressions, over time, become one of four moods."""

from .circumplex import (
    EXPRESSIONS,
    MOOD_OF,
    MOODS,
    SURE_MARGIN,
    SURE_PROBABILITY,
    Evidence,
    Expression,
    Mood,
    MoodScores,
)
from .steady import Seen, SteadyMood, SteadyState

__all__ = [
    "EXPRESSIONS",
    "MOODS",
    "MOOD_OF",
    "SURE_MARGIN",
    "SURE_PROBABILITY",
    "Evidence",
    "Expression",
    "Mood",
    "MoodScores",
    "Seen",
    "SteadyMood",
    "SteadyState",
]
