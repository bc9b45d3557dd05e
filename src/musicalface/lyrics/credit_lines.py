"""Lines of lyrics that nobody sings: credits, tags of files and web pages, and section marks."""

import re

_MAX_LENGTH = 300  # characters; longer lines are sung
_WHO = (
    r"(?:lyrics?|words?|music|written|composed|produced|arranged|mixed|mastered|performed|recorded"
    r"|songwriters?|writers?|composers?|producers?|arrangers?|lyricists?|publishers?|artists?"
    r"|title|album|label|copyright|source|translated|translation|synced|subtitles?|transcribed)"
)
_CREDIT = re.compile(
    rf"{_WHO}(?: ?(?:&|/|and) ?{_WHO})?(?: by)? ?[:：].*"
    rf"|(?:(?:lyrics|words|songs?) )?(?:written|composed|produced|synced"
    rf"|transcribed) by (?-i:[A-Z]).*"
    r"|[作填编編]?[词詞曲] ?[:：].*"
    r"|.*(?:©|\(c\) ?\d{4}|all rights reserved|musixmatch|azlyrics|metrolyrics|lyricfind"
    r"|genius\.com|not for commercial use|rentanadviser|www\.|https?://).*"
    r"|\d* ?contributors?\b.*|(?-i:\d*K?Embed)|(?-i:You might also like)|(?-i:WEBVTT).*"
    r"|(?-i:See .+ Live)|(?-i:Get tickets as low as).*|\(\d{8,16}\)|\d{1,4}",
    re.IGNORECASE,
)
_TAG = re.compile(r"(?:\[[^\[\]]*\] ?:? ?)+")  # [ar:Somebody], [Chorus]
_SECTION = (
    r"(?:(?:pre|post)?[ -]?chorus|verse|bridge|intro|outro|hook|refrain|interlude|instrumental"
    r"|breakdown|(?:(?:guitar|piano|drum|sax)[ -])?solo|coda|prelude|skit|repeat|spoken|estribillo"
    r"|strophe|couplet|refrão|ritornello|music|applause|fades?(?:[ -]out)?)"
)
_SECTION_LINE = re.compile(
    rf"[(*] ?{_SECTION}\b[^()*]{{0,60}}[)*] ?:?|{_SECTION}(?: ?[\dIVXx]{{1,3}})? ?:?", re.IGNORECASE
)
_SECTION_START = re.compile(
    rf"{_SECTION}(?: ?[\dIVX]{{1,3}})? ?: ?|\[(?:{_SECTION}\b[^\[\]]{{0,80}}|[^\[\]]{{1,60}}:)\] ?",
    re.IGNORECASE,
)
_REPEAT = re.compile(
    r" ?[\[(] ?(?:x ?\d{1,2}|\d{1,2} ?x|repeat\b[^\[\]()]{0,20}) ?[\])]", re.IGNORECASE
)


def is_credit(line: str) -> bool:
    """True if a line, without spaces around it, is a credit, a tag or a web page's text."""
    return 0 < len(line) <= _MAX_LENGTH and bool(_CREDIT.fullmatch(line) or _TAG.fullmatch(line))


def is_section(line: str) -> bool:
    """True if a line, without spaces around it, only names a section: Chorus, (Bridge)."""
    return 0 < len(line) <= _MAX_LENGTH and bool(_SECTION_LINE.fullmatch(line))


def without_section(line: str) -> str:
    """Returns the line without a section mark at its start, and without (x2)."""
    if len(line) > _MAX_LENGTH:
        return line
    start = _SECTION_START.match(line)
    return _REPEAT.sub("", line[start.end() if start else 0 :]).strip()
