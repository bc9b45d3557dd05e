"""Emotion tags: words that listeners give to songs, and the mood that each suggests."""

from collections.abc import Mapping

from .circumplex import Mood

EMOTION_TAGS: Mapping[str, Mood | None] = {
    "aggressiveness": Mood.ANGRY,
    "amusement": Mood.HAPPY,
    "anger": Mood.ANGRY,
    "annoyance": Mood.ANGRY,
    "anxiety": Mood.ANGRY,
    "bittersweet": None,
    "boredom": None,
    "calmness": Mood.RELAXED,
    "cheerfulness": Mood.HAPPY,
    "comfort": Mood.RELAXED,
    "confidence": None,
    "contemplation": None,
    "depression": Mood.SAD,
    "desperation": Mood.SAD,
    "dreamy": Mood.RELAXED,
    "erotic": None,
    "excitement": Mood.HAPPY,
    "fear": Mood.ANGRY,
    "grief": Mood.SAD,
    "happiness": Mood.HAPPY,
    "insecurity": None,
    "loneliness": Mood.SAD,
    "nostalgia": None,
    "optimism": Mood.HAPPY,
    "pessimism": Mood.SAD,
    "romanticism": None,
    "sadness": Mood.SAD,
}
"""The tags that a table of counts may have; None if a tag suggests no mood by itself."""

MAX_TAG_COUNT = 1_000_000
"""The highest number of times that one tag of a song may be counted."""
