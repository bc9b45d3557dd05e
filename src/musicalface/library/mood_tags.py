"""Mood tags: the words that taggers write into MOOD and TMOO, and the mood that they mean."""

import re
from collections import Counter
from collections.abc import Iterable

from ..identity import clean_name
from ..mood import MOODS, Mood, MoodScores
from .mood_fusion import Evidence

_WORDS = {
    Mood.ANGRY: "aggressive anger angry brutal confrontational defiant fierce furious harsh hate "
    "hostile intense menacing outraged rage rebellious tense violent volatile",
    Mood.HAPPY: "amiable boisterous bright celebratory cheerful cheery danceable elated energetic "
    "energizing euphoric excited exciting exuberant festive fun funny good-natured happy humorous "
    "joy joyful joyous lively merry party playful rollicking rousing sunny upbeat uplifting",
    Mood.RELAXED: "calm calming chill chilled chillout dreamy easygoing gentle laid-back lullaby "
    "meditative mellow peaceful quiet relax relaxed relaxing restful serene sleepy smooth soft "
    "soothing tender tranquil",
    Mood.SAD: "bittersweet bleak brooding depressed depressing depressive desolate despair "
    "gloomy grief heartbreak heartbroken lonely melancholic melancholy miserable mournful "
    "plaintive sad sadness somber sombre sorrow sorrowful tearful wistful",
}
_MOOD_OF = {word.replace("-", ""): mood for mood, words in _WORDS.items() for word in words.split()}
_SEPARATORS = re.compile(r"[;,/|\\\n\0]+")
_NO_LETTERS = re.compile(r"[^a-z]+")
_MOST_WORDS, _MOST_LETTERS = 20, 40


def read_mood_tags(values: Iterable[str]) -> Evidence | None:
    """Returns the mood that the values of a mood tag name; None if no word is known.

    A value may have several words ("Calm; Sad"): the share of the known words that name a mood
    is its probability.
    """
    words = [word for value in values for word in _split(value)][:_MOST_WORDS]
    known = {word: mood for word in words if (mood := _mood(word))}
    if not known:
        return None
    counts = Counter(known.values())
    moods = MoodScores.of(counts[mood] / counts.total() for mood in MOODS)
    return Evidence(moods, ", ".join(known))


def _split(value: str) -> list[str]:
    parts = (clean_name(part)[:_MOST_LETTERS] for part in _SEPARATORS.split(value))
    return [part for part in parts if part]


def _mood(word: str) -> Mood | None:
    """Returns the mood of a word or of a phrase whose known words all name the same mood."""
    whole = _MOOD_OF.get(_NO_LETTERS.sub("", word.lower()))
    if whole:
        return whole
    moods = {_MOOD_OF[part] for part in _NO_LETTERS.split(word.lower()) if part in _MOOD_OF}
    return moods.pop() if len(moods) == 1 else None
