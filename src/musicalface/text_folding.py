"""Text folding for comparison: case, Latin and Greek accents, spellings of letters."""

import unicodedata
from functools import lru_cache

_ACCENTED_SCRIPTS = ("LATIN ", "GREEK ")
_SPELLINGS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_LETTER_MARKS = ("Mn", "Mc")
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_JOINERS = "\u200c\u200d"


def fold(text: str) -> str:
    """Returns the text in lower case and NFC, without accents on Latin and Greek letters.

    Marks of other scripts (й, が, vowel signs) change the letter and stay; Hangul stays composed.
    """
    if text.isascii():
        return text.lower()
    letters, accented = [], False
    for c in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()):
        if unicodedata.category(c) not in _LETTER_MARKS:
            accented = _takes_accents(c)
        elif accented or not is_mark(c):
            continue
        letters.append(c)
    return unicodedata.normalize("NFC", "".join(letters)).translate(_SPELLINGS)


def is_mark(character: str) -> bool:
    """True for a mark that belongs to the letter before it, as vowel signs do."""
    is_selector = ord(character) in _VARIATION_SELECTORS or character == "\u034f"
    return unicodedata.category(character) in _LETTER_MARKS and not is_selector


def letters_and_digits(text: str) -> str:
    """Returns the letters, digits and marks of a text; a mark without a letter is left out."""
    if text.isascii():
        return "".join(filter(str.isalnum, text))
    kept = ""
    for c in text:
        if c.isalnum() or (kept and is_mark(c)):
            kept += c
    return kept


def words(text: str) -> str:
    """Returns the words of a folded text, separated by one space, without punctuation."""
    return " ".join("".join(c if c.isalnum() or is_mark(c) else " " for c in text).split())


def without_invisible(text: str) -> str:
    """Removes invisible format characters; keeps the joiners between letters of other scripts.

    Soft hyphens, zero-width spaces, byte order marks and text directions are invisible.
    """
    if text.isascii():
        return text
    kept = (
        c
        for i, c in enumerate(text)
        if unicodedata.category(c) != "Cf" or (c in _JOINERS and _joins(text, i))
    )
    return "".join(kept)


def _joins(text: str, at: int) -> bool:
    before, after = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
    return bool(before and after and not before.isascii() and not after.isascii())


@lru_cache(maxsize=10_000)
def _takes_accents(character: str) -> bool:
    """True unless the character is a letter of a script in which marks change the letter."""
    is_accented = unicodedata.name(character, "").startswith(_ACCENTED_SCRIPTS)
    return is_accented or not character.isalpha()
