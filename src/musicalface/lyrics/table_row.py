"""A row of a song table: parses and validates its values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from ..identity import clean_name
from ..mood import EMOTION_TAGS, MAX_TAG_COUNT, MOODS, EvidenceKind, Mood, MoodScores
from .lyrics_cleaning import clean_lyrics

COLUMN_ALIASES = {
    "artist": (
        "artist", "artist_name", "track_artist", "artists", "artist_names", "artist(s)_name",
        "artistname", "performer", "singer", "band", "alink",
    ),
    "title": (
        "title", "song", "track", "track_name", "song_name", "song_title", "track_title",
        "songname", "trackname", "sname", "name",
    ),
    "lyrics": ("lyrics", "text", "lyric", "song_lyrics", "lyrics_text"),
    "mood": ("mood", "label", "moods", "quadrant", "emotion"),
    **{mood.value: (mood.value,) for mood in MOODS},
    "evidence": ("evidence",),
    "valence": ("valence",),
    "arousal": ("arousal",),
    "spotify_id": ("spotify_id", "spotify_track_id", "track_id"),
    "deezer_id": ("deezer_id",),
    "known": ("known",),
    "conflict": ("conflict",),
    **{tag: (tag,) for tag in EMOTION_TAGS},
}  # fmt: skip
"""Columns of a song table, each with its accepted names in a file, the preferred one first.

Names are in lower case, with underscores in place of spaces.
"""

MOOD_NAMES = {
    "q1": Mood.HAPPY, "q2": Mood.ANGRY, "q3": Mood.SAD, "q4": Mood.RELAXED,
    "anger": Mood.ANGRY, "calm": Mood.RELAXED, "chill": Mood.RELAXED, "happiness": Mood.HAPPY,
    "joy": Mood.HAPPY, "peaceful": Mood.RELAXED, "relax": Mood.RELAXED, "sadness": Mood.SAD,
}  # fmt: skip
"""Other names of moods, among them the quadrants of the valence-arousal plane, by number."""

LOST_LETTERS = {
    "Beyonc": "Beyoncé", "Chant Moore": "Chanté Moore", "Emeli Sand": "Emeli Sandé",
    "Expos": "Exposé", "Eydie Gorm": "Eydie Gormé", "Michael Bubl": "Michael Bublé",
    "Mtley Cre": "Mötley Crüe", "Queensrche": "Queensrÿche", "Sinad O'Connor": "Sinéad O'Connor",
    "Zhan": "Zhané",
}  # fmt: skip
"""Artists in tables that dropped every letter outside ASCII."""

_FIRST_IN_LIST = re.compile(r"""^\[\s*(["'])(.*?)\1\s*[,\]]""")
_LINK = re.compile(r"/([^/\s]+)/?")
_SPOTIFY_ID = re.compile("[0-9A-Za-z]{22}")
_WHOLE_NUMBER = re.compile(r"([1-9][0-9]{0,14})(\.0)?")  # pandas writes 12.0 beside missing values
_ROUNDING = 0.01
_MAX_QUOTE = 60
"""Maximum characters of an invalid value that an error message quotes."""


@dataclass(frozen=True)
class SongRow:
    """A row of a song table; values without a column are empty."""

    artist: str
    title: str
    lyrics: str = ""
    mood: Mood | None = None
    point: tuple[float, float] | None = None  # valence and arousal
    tags: tuple[int, ...] | None = None  # how often each of EMOTION_TAGS was given
    moods: MoodScores | None = None  # if the table is an exported catalog
    evidence: EvidenceKind = "lyrics"
    spotify_id: str = ""
    deezer_id: int = 0
    known: int = 0
    conflict: bool = False


def parse_row(values: Mapping[str, object]) -> SongRow:
    """Returns the values of a row, by column name, as a SongRow.

    Missing columns are empty. Raises ValueError if a value is invalid.
    """
    text = {name: _text(values.get(name)) for name in COLUMN_ALIASES if name not in EMOTION_TAGS}
    return SongRow(
        artist=_first_artist(clean_name(text["artist"])),
        title=clean_name(text["title"]),
        lyrics=clean_lyrics(text["lyrics"]),
        mood=_mood(text["mood"]) if text["mood"] else None,
        point=_point(text["valence"], text["arousal"]),
        tags=_tags(values) if any(tag in values for tag in EMOTION_TAGS) else None,
        moods=_moods(text),
        evidence="listeners" if text["evidence"] == "listeners" else "lyrics",
        spotify_id=text["spotify_id"] if _SPOTIFY_ID.fullmatch(text["spotify_id"]) else "",
        deezer_id=_whole_number(text["deezer_id"]),
        known=_whole_number(text["known"]),
        conflict=text["conflict"].lower() in ("true", "1"),
    )


def _text(value: object) -> str:
    """Returns the value as text; empty for a missing value or "nan" (pandas' missing value)."""
    text = "" if value is None else str(value).strip()
    return "" if text.lower() == "nan" else text


def _whole_number(text: str) -> int:
    match = _WHOLE_NUMBER.fullmatch(text)
    return int(match[1]) if match else 0


def _first_artist(text: str) -> str:
    """Returns the first artist of "A;B" and of "['A', 'B']", and the name in a link "/a-b/".

    Letters that a table is known to have lost are put back (LOST_LETTERS).
    """
    name = _first_name(text)
    return LOST_LETTERS.get(name, name)


def _first_name(text: str) -> str:
    if in_list := _FIRST_IN_LIST.match(text):
        return in_list[2]
    if link := _LINK.fullmatch(text):
        return link[1].replace("-", " ")
    return text.split(";")[0].strip() or text


def _mood(name: str) -> Mood:
    try:
        return MOOD_NAMES.get(name.lower()) or Mood(name.lower())
    except ValueError:
        raise ValueError(
            f"unknown mood {name[:_MAX_QUOTE]!r}. The moods are {', '.join(Mood)}."
        ) from None


def _point(valence: str, arousal: str) -> tuple[float, float] | None:
    return (_number(valence), _number(arousal)) if valence and arousal else None


def _tags(values: Mapping[str, object]) -> tuple[int, ...]:
    counts = {tag: _text(values.get(tag)) or "0" for tag in EMOTION_TAGS}
    return tuple(_count(tag, text) for tag, text in counts.items())


def _count(tag: str, text: str) -> int:
    count = _number(text)
    if count != int(count) or not 0 <= count <= MAX_TAG_COUNT:
        raise ValueError(
            f"{tag} is {text[:_MAX_QUOTE]}. Give each tag a whole number from 0 to "
            f"{MAX_TAG_COUNT:,}."
        )
    return int(count)


def _moods(text: dict[str, str]) -> MoodScores | None:
    if not all(text[mood.value] for mood in MOODS):
        return None
    shares = [_number(text[mood.value]) for mood in MOODS]
    if min(shares) < 0 or abs(sum(shares) - 1) > _ROUNDING:
        raise ValueError(f"{', '.join(MOODS)} must be probabilities that add up to 1.")
    return MoodScores.of(shares)


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f"{text[:_MAX_QUOTE]!r} isn't a number.") from None
    if not isfinite(number):
        raise ValueError(f"{text[:_MAX_QUOTE]!r} isn't a finite number.")
    return number
