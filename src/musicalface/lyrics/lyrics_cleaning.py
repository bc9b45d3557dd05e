"""Lyrics cleaning: leaves only the words that are sung, whatever the text came from."""

import re
import unicodedata
from collections.abc import Iterable

from ..text_decoding import unescape
from ..text_folding import without_invisible
from .credit_lines import is_credit, is_section, without_section
from .english_detection import can_be_scored

MAX_LYRICS_LENGTH = 200_000
"""Maximum characters of one song's lyrics; longer lyrics are truncated."""

_MAX_RAW_LENGTH = 1_000_000  # with times and tags
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘‛`´ʹʻʼʽʾˈ′＇՚", "'"))
_WRONG_APOSTROPHE = re.compile("â€[™˜\x99\x98]")  # UTF-8 that was read as cp1252
_WRONG_SIGN = re.compile("â€[¦œ“”\x9d\x9c]|Â(?=[\\s\xa0])")
_ZERO_WIDTH_SPACE = "\u200b"
_SPACES = re.compile(r"[^\S\n]+")
_LINE_BREAK = re.compile(r"</?(?:br|p|div|li)\b[^<>\n]{0,100}>", re.IGNORECASE)
_HTML_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,9}(?: [^<>\n]{0,200})?/?>")
_TIMES = re.compile(
    r"[\[<]\d{1,3}:\d{2}(?:[.:]\d{1,3})?[\]>]"  # [01:02.03] and <01:02.03> of LRC
    r"|\[\d{1,8},\d{1,8}\]|[<(]\d{1,8},\d{1,8}(?:,\d{1,8})?[>)]"  # [0,3000] and <0,300,0> of KRC
    r"|(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{3} --> (?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{3}"  # of SRT, VTT
)


def clean_lyrics(text: str) -> str:
    """Returns the sung words of lyrics from a file, a tag, a table or a web page.

    Removes entities and HTML tags, times and tags of LRC, KRC, SRT and VTT, section marks and
    credits. Makes all apostrophes alike, replaces other signs than ASCII by spaces, and cuts at
    MAX_LYRICS_LENGTH. Clean text stays as it is.
    """
    plain = _SPACES.sub(" ", _TIMES.sub(" ", _plain_characters(text[:_MAX_RAW_LENGTH])))
    lines = (line.strip() for line in plain.split("\n"))
    sung = (without_section(line) for line in lines if not is_credit(line))
    kept = "\n".join("" if is_section(line) else line for line in sung)
    return kept.strip()[:MAX_LYRICS_LENGTH].rstrip()


def first_that_counts(texts: Iterable[str]) -> str:
    """Returns the first lyrics that can be scored, cleaned, or else the first with words."""
    first = ""
    for text in texts:
        cleaned = clean_lyrics(text)
        if can_be_scored(cleaned):
            return cleaned
        first = first or cleaned
    return first


def _plain_characters(text: str) -> str:
    text = unescape(text).replace("\r\n", "\n").replace("\r", "\n")
    text = _HTML_TAG.sub("", _LINE_BREAK.sub("\n", text)) if "<" in text else text
    if text.isascii():
        return text.translate(_APOSTROPHES)
    text = _WRONG_SIGN.sub(" ", _WRONG_APOSTROPHE.sub("'", text))
    if text.count(_ZERO_WIDTH_SPACE) > sum(map(text.count, " \n")):  # it separates the words
        text = text.replace(_ZERO_WIDTH_SPACE, " ")
    text = unicodedata.normalize("NFC", without_invisible(text)).translate(_APOSTROPHES)
    return text.translate({ord(c): " " for c in set(text) if not c.isascii() and _is_sign(c)})


def _is_sign(character: str) -> bool:
    """True for punctuation and symbols, except those by which credit lines are recognised."""
    return unicodedata.category(character)[0] in "PSZ" and character not in "：©"
