"""Whether a text is English, told by its commonest small words."""

from .words import words_of

_COMMON = frozenset(
    """
    a about all am an and are as at be been but by can can't come could do don't down for from get
    go got had has have he her here him his how i i'll i'm if in into is it it's just know like
    make me my never no not now of off on one or our out over say see she should so some take tell
    than that that's the their them then there they this through time to too up us was way we well
    were what when where who why will with would you you're your
    """.split()
)
_ENGLISH_ALONE = frozenset(
    """
    and are can't don't i'm it it's just know like my not of out she that the there they this we
    what when with you your
    """.split()
)
FEWEST_WORDS = 20
LEAST_SHARE, LEAST_ENGLISH_ALONE = 0.2, 0.06


def is_english(text: str) -> bool:
    """Whether a fifth of the words are among the commonest English ones.

    Some of those ("me", "was", "no") are as common elsewhere, so that a smaller
    share must be of words that only English has.
    """
    words = words_of(text)
    common = sum(word in _COMMON for word in words)
    alone = sum(word in _ENGLISH_ALONE for word in words)
    return bool(common >= LEAST_SHARE * len(words) and alone > LEAST_ENGLISH_ALONE * len(words))


def is_long_enough(text: str) -> bool:
    """Whether there are the twenty words that a mood can be read from."""
    return len(words_of(text)) >= FEWEST_WORDS
