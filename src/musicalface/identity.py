"""Song names: cleaning them, and matching different spellings of one song."""

import re
import unicodedata

from .text_decoding import unescape
from .text_folding import fold, letters_and_digits, without_invisible

KEY_FORM = 2
"""Version of `song_key`; stored keys of another form are made again.

1 lost the marks of scripts other than Latin and Greek (й, が, vowel signs).
"""

_GUESTS = re.compile(r"\s*[\(\[]?\b(?:feat\.?|ft\.?|featuring)\s.*$", re.IGNORECASE)
_VERSION = re.compile(
    r"\s*(?:[\(\[][^\)\]]*\b{words}\b[^\)\]]*[\)\]]|\s-\s[^-]*\b{words}\b[^-]*$)".format(
        words=r"(?:live|remix|remaster(?:ed)?|acoustic|demo|version|edit|mix|mono|stereo)"
    ),
    re.IGNORECASE,
)
_BONUS_MARKS = re.compile(r"\s*\[[*#+]\]")  # of AllMusic's track lists
_MAX_NAME_LENGTH = 300
_MAX_RAW_LENGTH = 4 * _MAX_NAME_LENGTH  # before entities and invisible characters are replaced


def clean_name(name: str) -> str:
    """Returns the name in NFC, without entities, control and invisible characters.

    Also without the marks of bonus tracks ("[*]"). Cuts it to 300 characters.
    """
    text = unicodedata.normalize("NFC", without_invisible(unescape(name[:_MAX_RAW_LENGTH])))
    text = _BONUS_MARKS.sub("", text) or text
    printable = "".join(c if c.isprintable() or c in "\u200c\u200d" else " " for c in text)
    return " ".join(printable.split())[:_MAX_NAME_LENGTH].strip()


def song_key(artist: str, title: str) -> str:
    """A key that is equal for all spellings of a song, including guests, live versions and remixes.

    Letters of every script count. Names without letters or digits keep their symbols, so they stay
    different.
    """
    plain_title = _VERSION.sub("", without_guests(title)) or title
    return f"{_fold(without_guests(artist))}|{_fold(plain_title)}"


def without_guests(name: str) -> str:
    """An artist or a title without the featured artists."""
    return _GUESTS.sub("", name) or name


def is_version(title: str) -> bool:
    """True if the title names a version: live, remix, remaster, acoustic and so on."""
    return bool(_VERSION.search(title))


def _fold(name: str) -> str:
    letters = fold(name).replace("&", "and").strip()
    without_article = letters.removeprefix("the ") or letters
    kept = letters_and_digits(without_article)
    return kept or "".join(letters.replace("|", "/").split())
