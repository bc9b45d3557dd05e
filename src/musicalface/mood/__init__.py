"""Moods: mapping seven expressions to four moods, and smoothing them over time."""

from .circumplex import (
    EXPRESSIONS,
    MOOD_OF,
    MOODS,
    SURE_MARGIN,
    SURE_PROBABILITY,
    EvidenceKind,
    Expression,
    Mood,
    MoodScores,
)
from .emotion_tags import EMOTION_TAGS, MAX_TAG_COUNT
from .temporal_smoothing import FaceObservation, SteadyMood, SteadyState

__all__ = [
    "EMOTION_TAGS",
    "EXPRESSIONS",
    "MAX_TAG_COUNT",
    "MOODS",
    "MOOD_OF",
    "SURE_MARGIN",
    "SURE_PROBABILITY",
    "EvidenceKind",
    "Expression",
    "FaceObservation",
    "Mood",
    "MoodScores",
    "SteadyMood",
    "SteadyState",
]
