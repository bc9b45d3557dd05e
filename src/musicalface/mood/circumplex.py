"""Mapping of seven expressions to four moods.

The moods are the quadrants of Russell's circumplex (1980); its axes are valence (pleasantness) and
arousal (excitement).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..errors import UnknownMoodError


class Expression(StrEnum):
    """The seven expressions of FER2013, in the order of its labels 0 to 6."""

    ANGRY = "angry"
    DISGUST = "disgust"
    FEAR = "fear"
    HAPPY = "happy"
    SAD = "sad"
    SURPRISE = "surprise"
    NEUTRAL = "neutral"


class Mood(StrEnum):
    """The four quadrants of the valence-arousal plane, in alphabetical order."""

    ANGRY = "angry"
    HAPPY = "happy"
    RELAXED = "relaxed"
    SAD = "sad"

    @classmethod
    def parse(cls, name: str) -> "Mood":
        """Returns the mood with this name, ignoring case; raises UnknownMoodError."""
        try:
            return cls(name.strip().lower())
        except ValueError:
            known = ", ".join(cls)
            raise UnknownMoodError(f"There is no mood '{name}'. Choose one of {known}.") from None

    @property
    def corner(self) -> tuple[int, int]:
        """Valence and arousal of the quadrant's corner, each -1 or 1."""
        pleasant, aroused = self in (Mood.HAPPY, Mood.RELAXED), self in (Mood.HAPPY, Mood.ANGRY)
        return 2 * pleasant - 1, 2 * aroused - 1


EvidenceKind = Literal["lyrics", "listeners", "person", "tag", "sound", "sound and lyrics"]
"""The evidence for a song's mood; person: the user set it; tag: a mood tag in the user's file."""

EXPRESSIONS = tuple(Expression)
MOODS = tuple(Mood)

MOOD_OF: Mapping[Expression, Mood] = {
    Expression.ANGRY: Mood.ANGRY,
    Expression.DISGUST: Mood.ANGRY,
    Expression.FEAR: Mood.SAD,
    Expression.HAPPY: Mood.HAPPY,
    Expression.SAD: Mood.SAD,
    Expression.SURPRISE: Mood.RELAXED,
    Expression.NEUTRAL: Mood.RELAXED,
}
"""The mood of each expression, as in the 2018 system."""

_NAMES = tuple(mood.value for mood in MOODS)
_MEMBERSHIP = np.array([[MOOD_OF[e] is m for m in MOODS] for e in EXPRESSIONS], np.float32)

SURE_PROBABILITY = 0.5
"""Minimum probability of a clear mood."""

SURE_MARGIN = 0.15
"""Minimum lead of a clear mood over the next one."""


@dataclass(frozen=True)
class MoodScores:
    """Four mood probabilities, each 0 to 1, with a sum of 1."""

    angry: float
    happy: float
    relaxed: float
    sad: float

    @classmethod
    def of(cls, probabilities: Iterable[float]) -> "MoodScores":
        """Creates scores from four probabilities in the order of MOODS."""
        return cls(*map(float, probabilities))

    @classmethod
    def from_expressions(cls, probabilities: NDArray[np.float32]) -> "MoodScores":
        """Creates scores from expression probabilities, shape (7,), in the order of EXPRESSIONS.

        A mood's probability is the sum over its expressions (MOOD_OF), not that of the most likely
        expression.
        """
        return cls.of(probabilities @ _MEMBERSHIP)

    def as_dict(self) -> dict[str, float]:
        """The probabilities by mood name."""
        return {name: float(getattr(self, name)) for name in _NAMES}

    @property
    def mood(self) -> Mood:
        """The most likely mood."""
        return max(MOODS, key=lambda mood: float(getattr(self, mood)))

    @property
    def valence(self) -> float:
        """Pleasantness, -1 to 1."""
        return self.happy + self.relaxed - self.angry - self.sad

    @property
    def arousal(self) -> float:
        """Excitement, -1 to 1."""
        return self.happy + self.angry - self.relaxed - self.sad

    @property
    def sure(self) -> bool:
        """True if one mood has at least SURE_PROBABILITY and leads by at least SURE_MARGIN."""
        first, second = sorted(self.as_dict().values(), reverse=True)[:2]
        return first >= SURE_PROBABILITY and first - second >= SURE_MARGIN
