"""English spelling of names: apostrophes of contractions, and capital letters."""

import re

from ..lyrics.language_words import LANGUAGES
from ..text_folding import fold, words

CONTRACTIONS = {
    word.replace("'", ""): word
    for word in (
        "ain't aren't can't c'mon could've couldn't didn't doesn't don't hadn't hasn't haven't "
        "he's here's how's i'm i've isn't mustn't o'clock she's should've shouldn't that's "
        "there's they'll they're they've wasn't we've weren't what's where's who's would've "
        "wouldn't y'all you'll you're you've"
    ).split()
}
"""Contractions by their letters. Left out: those whose letters are another word (its, well)."""

_WORD = re.compile(r"(?<![\w'’.-])[A-Za-z]+(?![\w'’.-])")
_LETS = re.compile(r"^Lets(?= (?!me\b|us\b|you\b|him\b|her\b|them\b))", re.IGNORECASE)
_IM_AT_START = re.compile(
    r"^im (?!(?:a|already|every|gonna|in|just|not|on|only|so|still|the|with|your)\b)", re.IGNORECASE
)
_CAPITAL_ENDING = re.compile(r"(?:(?<=[a-z])|(?<=\bI))(['’])(S|T|M|D|Re|Ve|Ll)\b")
_CAPITALS = re.compile(r"\b(?:Djs?(?! Vu)|Iii?)(?![\w-])|\bMc[a-z](?=[a-z]{2})")
_FIRST_LETTER = re.compile(r"""(?<!\S)(?:[(\["“'‘’]+(?!(?:feat|ft|with)\b))?[^\W\d_]""")
_FOREIGN = LANGUAGES.keys() - {"em", "n"}  # English titles have 'em and 'n' without apostrophes


def with_apostrophes(title: str) -> str:
    """Returns an English title with the apostrophes of its contractions ("Dont Lie").

    Words that could be another word stay, as do titles with a word of another language
    ("Im" is German, "dont" is French).
    """
    if title.isupper():
        return title
    title = _CAPITAL_ENDING.sub(lambda match: match[1] + match[2].lower(), title)
    if not title.isascii() or _FOREIGN.intersection(words(fold(title)).split()):
        return title
    title = _LETS.sub(lambda match: f"{match[0][:-1]}'{match[0][-1]}", title)
    kept = _IM_AT_START.match(title)
    start = kept.end() if kept else 0
    return title[:start] + _WORD.sub(_contraction, title[start:])


def capitalized(name: str) -> str:
    """Returns a name with a capital at the start of each word, also after a bracket or "'"."""
    return _FIRST_LETTER.sub(lambda match: match[0].upper(), name.lower())


def with_capitals(name: str) -> str:
    """Returns a name, each word of which begins with a capital, with other capitals (DJ, McCoy)."""
    return _CAPITALS.sub(_capitals, name)


def _contraction(match: re.Match[str]) -> str:
    word = match[0]
    contraction = CONTRACTIONS.get(word.lower())
    is_german = word == "im" and not match.string.islower()
    if not contraction or is_german or word.isupper():
        return word
    at = contraction.index("'")
    return f"{word[:at]}'{word[at:]}"


def _capitals(match: re.Match[str]) -> str:
    word = match[0]
    if word.startswith("Mc"):
        return f"Mc{word[2:].upper()}"
    return "DJs" if word == "Djs" else word.upper()
