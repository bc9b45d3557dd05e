"""Files of liked songs: export to JSON or CSV, and import of both."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Literal

from ..csv_rows import escape_formula
from ..errors import InputError
from ..private_json import DamagedFileError, parse_json
from ..text_decoding import decode_text
from .likes import MAX_BYTES, MAX_LIKES, Like, likes_document, new_like, parse_likes

LikesFormat = Literal["json", "csv"]
_COLUMNS = ("artist", "title", "at")
_NO_LIKES = "This file has no liked songs. Choose a JSON or CSV file that MusicalFace has exported."


def write_likes(likes: Iterable[Like], form: LikesFormat) -> bytes:
    """Returns a file of likes in UTF-8. A spreadsheet finds no formulas in the CSV."""
    if form == "json":
        return json.dumps(likes_document(likes), ensure_ascii=False, indent=1).encode()
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(_COLUMNS)
    for like in likes:
        table.writerow((escape_formula(like.artist), escape_formula(like.title), like.at))
    return text.getvalue().encode("utf-8", "replace")


def read_likes(content: bytes) -> list[Like]:
    """Returns the likes of a JSON or CSV file. Raises InputError for any other content."""
    if len(content) > MAX_BYTES:
        raise InputError(f"This file is larger than {MAX_BYTES // 1_000_000} MB. Split it.")
    try:
        text = decode_text(content)
        if text.lstrip().startswith("{"):
            return parse_json(text.encode("utf-8", "replace"), parse_likes)
        likes = list(_csv_likes(text))
    except (InputError, DamagedFileError, csv.Error):
        raise InputError(_NO_LIKES) from None
    if not likes:
        raise InputError(_NO_LIKES)
    if len(likes) > MAX_LIKES:
        raise InputError(f"This file has more than {MAX_LIKES:,} songs. Split it.")
    return likes


def _csv_likes(text: str) -> Iterator[Like]:
    """The rows that have an artist and a title; stops one after MAX_LIKES."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    count = 0
    for row in rows:
        artist, title = (_unescaped(row.get(name) or "") for name in ("artist", "title"))
        if artist.strip() and title.strip():
            yield new_like(artist, title, _number(row.get("at")))
            count += 1
        if count > MAX_LIKES:
            return


def _unescaped(text: str) -> str:
    """Undoes `escape_formula`."""
    return text[1:] if text[:1] == "'" and escape_formula(text[1:]) == text else text


def _number(text: object) -> float | None:
    try:
        return float(text) if isinstance(text, str) else None
    except ValueError:
        return None
