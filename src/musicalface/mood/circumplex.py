"""Seven expressions become four moods.

The moods are the quadrants of Russell's circumplex (1980): valence is how
pleasant, arousal how excited.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..errors import UnknownMoodError


class Expression(StrEnum):
    """FER2013's seven expressions, in its order: label 0 to 6."""

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
        """The mood of that name, in any case; raises UnknownMoodError."""
        try:
            return cls(name.strip().lower())
        except ValueError:
            known = ", ".join(cls)
            raise UnknownMoodError(f"There is no mood '{name}': choose one of {known}.") from None

    @property
    def corner(self) -> tuple[int, int]:
        """Valence and arousal of the quadrant's corner, each -1 or 1."""
        pleasant, aroused = self in (Mood.HAPPY, Mood.RELAXED), self in (Mood.HAPPY, Mood.ANGRY)
        return 2 * pleasant - 1, 2 * aroused - 1


Evidence = Literal["lyrics", "listeners", "person"]
"""How a song's mood is known; person: the one who owns the file said it."""

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
"""The 2018 system's map."""

_MEMBERSHIP = np.array([[MOOD_OF[e] is m for m in MOODS] for e in EXPRESSIONS], np.float32)

SURE_PROBABILITY = 0.5
SURE_MARGIN = 0.15


@dataclass(frozen=True)
class MoodScores:
    """Four mood probabilities, each 0 to 1, adding up to 1."""

    angry: float
    happy: float
    relaxed: float
    sad: float

    @classmethod
    def of(cls, probabilities: Iterable[float]) -> "MoodScores":
        """From four probabilities in the order of MOODS."""
        return cls(*map(float, probabilities))

    @classmethod
    def from_expressions(cls, probabilities: NDArray[np.float32]) -> "MoodScores":
        """From seven expression probabilities, shape (7,), in the order of EXPRESSIONS.

        Probabilities are added up along MOOD_OF; no label is taken before the sum.
        """
        return cls.of(probabilities @ _MEMBERSHIP)

    def as_dict(self) -> dict[str, float]:
        """Probability by the mood's name."""
        return {mood.value: float(getattr(self, mood)) for mood in MOODS}

    @property
    def mood(self) -> Mood:
        """The likeliest mood."""
        return max(MOODS, key=lambda mood: float(getattr(self, mood)))

    @property
    def valence(self) -> float:
        """How pleasant, -1 to 1."""
        return self.happy + self.relaxed - self.angry - self.sad

    @property
    def arousal(self) -> float:
        """How excited, -1 to 1."""
        return self.happy + self.angry - self.relaxed - self.sad

    @property
    def sure(self) -> bool:
        """Whether one mood is a clear winner: at least half of it all, and well ahead."""
        first, second = sorted(self.as_dict().values(), reverse=True)[:2]
        return first >= SURE_PROBABILITY and first - second >= SURE_MARGIN
