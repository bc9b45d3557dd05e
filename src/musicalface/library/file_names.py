"""File names of songs: takes numbering, sources, qualities and ids away, and splits the rest."""

import re
from urllib.parse import unquote

from ..identity import clean_name
from ..title_additions import is_harmless_text, without_junk

_SITE = (
    r"(?:www\.)?[a-z0-9][a-z0-9-]{1,30}\.(?:com|net|org|cc|to|ru|io|me|info|biz|app|co"
    r"|tv|is|nu|pro|xyz|site|online|club|vip|top|one)"
)
_SOURCE_START = re.compile(rf"^[\[(]?{_SITE}[\])]?[ _]*[-–_:|]*[ _]*(?=\S)", re.IGNORECASE)
_SOURCE_END = re.compile(rf"[ _]*[-–_|]*[ _]*[\[(]?{_SITE}[\])]?$", re.IGNORECASE)
_VIDEO_ID = re.compile(r"(?: *\[([\w-]{11})\]| *\(([\w-]{11})\)|-([\w-]{11}))$")
_COPY = re.compile(
    r"(?: +-)? +\(?(?:copy|kopie|copie|copia|kopia|копия)\)?(?: *\(?\d{1,2}\)?)?$"
    r"|(?<=\D) ?\(\d{1,2}\)$"
    r"|^copy of +|^kopie von +",
    re.IGNORECASE,
)
_QUALITY = re.compile(
    r"[ _-]*[\[(]?(?:mp3|m4a|aac|flac|ogg|opus|wav|v0|v2|cbr|vbr)?[ _-]*\d{2,4} ?k(?:bps|bits?"
    r"|b)?(?:[/_]?s)?"
    r"[\])]?$|[ _]*[\[(](?:mp3|m4a|flac|ogg|opus|wav|lossless|web|cdrip|vinyl"
    r"|\d\d[ -]?bit)[^\])]{0,20}[\])]$",
    re.IGNORECASE,
)
_MARKED_NUMBER = re.compile(
    r"^(?:#\d{1,3}|\[#?\d{1,3}\]|\(\d{1,3}\)|(?:cd|disc|disk) ?\d{1,2}[ ._-]+\d{1,3}"
    r"|\d{1,2}[.-]\d{2}(?![\d]))(?:[ _]*[-–.):]+[ _]*|[ _]+)(?=\S)|^(?:track|nr\.?"
    r"|no\.?) ?\d{1,3}[ ._-]+(?=\S)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^(?:\d{1,3} *[-–] +|\d{1,3}[.)] *(?=\D)|0\d{1,2}[ ._-]+|0\d(?=[A-Z]))(?=\S)")
_SIDE = re.compile(r"^[A-H]\d{1,2}[ ._-]+(?=\S)")
_SEPARATOR = re.compile(r" +[-–—~|•·:]+ +|(?<=\w)[–—](?=\w)| +- *(?=\w)|(?<=\w)- +")
_NO_NAME = re.compile(
    r"(?:\d{1,3}|[A-H]\d{1,2}|(?:19|20)\d\d|(?:cd|disc|disk) ?\d{1,2})", re.IGNORECASE
)
_SUFFIX = re.compile(r"\.(?:mp3|m4a|flac|wav|ogg|opus|wma|aac)$", re.IGNORECASE)
_COLON = re.compile(r"[_:：] +")
_BY = re.compile(r" +by +", re.IGNORECASE)
_LAST_WORDS = re.compile(
    r"(?: +(?:official|lyrics?|music|video|audio|visuali[sz]er|hq|hd|4k|remaster(?:ed)?))+$",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")


def name_parts(stem: str) -> list[str]:
    """Returns what the name of a file, without its suffix, consists of: artist, title and so on.

    At least one part; numbers, years, sources, qualities and copies are left out.
    """
    name = _without_number(_without_extras(_spaced(stem)))
    parts = [part.strip() for part in _SEPARATOR.split(name) if part.strip()]
    named = [part for part in parts if not _NO_NAME.fullmatch(part)] if len(parts) > 2 else parts
    kept = [part for i, part in enumerate(named) if i < 2 or not is_harmless_text(part)]
    return [without_junk(part) for part in kept] or [stem]


def pairs(part: str) -> list[tuple[str, str]]:
    """Returns artist and title of "ABBA-Tiger", "ABBA: Tiger" and "Tiger by ABBA"."""
    first = [_HYPHEN.split(part), _COLON.split(part), _BY.split(part)[::-1]]
    return [(each[0], each[1]) for each in first if len(each) == 2]


def without_last_words(title: str) -> str:
    """Returns a title without words like "lyrics" and "HD" at its end, without brackets."""
    return _LAST_WORDS.sub("", title)


def without_number(title: str) -> str:
    """Returns a title without its track number: "02. Dancing Queen"."""
    return _NUMBER.sub("", _MARKED_NUMBER.sub("", title))


def _spaced(stem: str) -> str:
    """Returns the name with spaces in place of underscores, %20, plus signs or dots."""
    text = _SUFFIX.sub("", stem)
    text = unquote(text) if re.search(r"%[0-9A-Fa-f]{2}", text) else text
    if " " not in text or "_-_" in text:
        text = text.replace("_", " ")
    if " " not in text:
        for sign in "+.":
            text = text.replace(sign, " ") if text.count(sign) > 1 else text
    return clean_name(text)


def _without_extras(name: str) -> str:
    """Returns the name without sources, ids, qualities and signs of copies."""
    previous = ""
    name = _SOURCE_START.sub("", name) or name
    while previous != name:
        previous = name
        for pattern in (_SOURCE_END, _COPY, _QUALITY):
            name = pattern.sub("", name).strip(" _") or name
        name = _VIDEO_ID.sub(_unless_id, name).strip() or name
    return name


def _unless_id(match: re.Match[str]) -> str:
    found = next(filter(None, match.groups()))
    mixed = found.lower() != found and found.upper() != found
    return "" if mixed and re.search(r"[\d_]", found) else match[0]


def _without_number(name: str) -> str:
    rest = _NUMBER.sub("", _MARKED_NUMBER.sub("", name))
    side = _SIDE.sub("", rest)
    return side if side != rest and _SEPARATOR.search(side) else rest
