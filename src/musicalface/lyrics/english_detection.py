"""English detection by common short words, against those of near and other languages."""

from collections import Counter

from .language_words import LANGUAGES, SCRIPTS, WORDS
from .vocabulary import tokenize

_COMMON = frozenset(
    """
    a about all am an and are as at be been but by can can't come could do don't down for from get
    go got had has have he her here him his how i i'll i'm if in into is it it's just know like
    make me my never no not now of off on one or our out over say see she should so some take tell
    than that that's the their them then there they this through time to too up us was way we well
    were what when where who why will with would you you're your
    """.split()
)
_ENGLISH_ONLY = frozenset(
    """
    and are can't don't i'm it it's just know like my not of out she that the there they this we
    what when with you your
    """.split()
)
MIN_WORDS = 20
MIN_COMMON_SHARE, MIN_ENGLISH_ONLY_SHARE = 0.2, 0.06
_MIN_OTHER_SHARE = 0.08
UNKNOWN = "another language"


def is_english(text: str) -> bool:
    """True if at least a fifth of the words are common English words.

    Some of them ("me", "was", "no") are common in other languages too, so more than
    6 % of the words must be words that only English has, and no other language may have a
    larger share of words that English lacks.
    """
    return language_of(text) == "English"


def language_of(text: str) -> str:
    """Returns "English", the name of another language, or UNKNOWN ("another language")."""
    tokens = tokenize(text)
    other, share = _nearest(tokens)
    common = sum(word in _COMMON for word in tokens)
    only = [word for word in tokens if word in _ENGLISH_ONLY]
    not_other = sum(word not in WORDS.get(other, ()) for word in only)  # Dutch has "we" and "of"
    is_english = (
        common >= MIN_COMMON_SHARE * len(tokens)
        and len(only) > MIN_ENGLISH_ONLY_SHARE * len(tokens)
        and not_other >= share * len(tokens)
    )
    if is_english:
        return "English"
    return other if share >= _MIN_OTHER_SHARE else _by_script(text)


def can_be_scored(text: str) -> bool:
    """True if the text is English and long enough for the mood classifier."""
    return is_long_enough(text) and is_english(text)


def is_long_enough(text: str) -> bool:
    """True if the text has the 20 words that the mood classifier needs."""
    return len(tokenize(text)) >= MIN_WORDS


def _nearest(tokens: list[str]) -> tuple[str, float]:
    """Returns the other language with the largest share of its own function words, 0 to 1."""
    counts: Counter[str] = Counter()
    for word, count in Counter(tokens).items():
        for name in LANGUAGES.get(word, ()):
            counts[name] += count
    name, most = max(counts.items(), key=lambda each: each[1], default=(UNKNOWN, 0))
    return name, most / max(len(tokens), 1)


def _by_script(text: str) -> str:
    letters = [c for c in text[:2000] if c.isalpha()]
    for name, first, last in SCRIPTS:
        if sum(first <= c <= last for c in letters) > 0.2 * len(letters):
            return name
    return UNKNOWN
