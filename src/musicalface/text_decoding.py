"""Text decoding: finds the encoding of bytes (BOM or heuristics) and unescapes HTML entities."""

import codecs
import html
import re

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins with the same bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_NULS = (
    (b"\1\0\0\0", "utf-32-le"),
    (b"\0\0\0\1", "utf-32-be"),
    (b"\1\0\1\0", "utf-16-le"),
    (b"\0\1\0\1", "utf-16-be"),
)
"""Where the zero bytes of ASCII letters stand in a group of four bytes."""

_LOOK_AT = 4_000  # bytes
_MIN_SHARE = 0.7
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TIMES_ESCAPED = 3


def decode_text(content: bytes, *, truncated: bool = False) -> str:
    """Decodes UTF-8, -16 or -32, with and without a byte order mark, or else cp1252.

    `truncated` content may end within a character. Replaces invalid bytes; raises nothing.
    """
    encoding = encoding_of(content)
    if encoding not in ("utf-8", "utf-8-sig"):
        return content.decode(encoding, "replace")
    try:
        return codecs.getincrementaldecoder(encoding)().decode(content, final=not truncated)
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def encoding_of(start: bytes) -> str:
    """Returns the encoding that the first bytes of a text show; "utf-8" if they show none."""
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    return _encoding_by_nuls(start[: _LOOK_AT // 4 * 4]) if b"\0" in start[:_LOOK_AT] else "utf-8"


def unescape(text: str) -> str:
    """Replaces HTML entities that end with a semicolon, even if they were escaped twice."""
    for _ in range(_TIMES_ESCAPED):
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return text


def _encoding_by_nuls(start: bytes) -> str:
    groups = [start[i : i + 4] for i in range(0, len(start) - 3, 4)]
    for pattern, encoding in _NULS:
        alike = sum(
            all(bool(a) == bool(b) for a, b in zip(group, pattern, strict=True)) for group in groups
        )
        if groups and alike >= _MIN_SHARE * len(groups):
            return encoding
    return "utf-8"
