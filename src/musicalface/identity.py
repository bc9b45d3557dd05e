"""Names of songs: when two rows name the same one, and names that are fit to be kept."""

import re
import unicodedata

_GUESTS = re.compile(r"\s*[\(\[]?\b(?:feat\.?|ft\.?|featuring)\s.*$", re.IGNORECASE)
_VERSION = re.compile(
    r"\s*(?:[\(\[][^\)\]]*\b{words}\b[^\)\]]*[\)\]]|\s-\s[^-]*\b{words}\b[^-]*$)".format(
        words=r"(?:live|remix|remaster(?:ed)?|acoustic|demo|version|edit|mix|mono|stereo)"
    ),
    re.IGNORECASE,
)
_LONGEST_NAME = 300


def clean_name(name: str) -> str:
    """Without what would move a terminal's cursor, and at most 300 characters."""
    cut = name[:_LONGEST_NAME]
    return " ".join("".join(c if c.isprintable() else " " for c in cut).split())


def song_key(artist: str, title: str) -> str:
    """The same for every spelling of a song, guests and live or remixed versions included.

    Letters of every script count; names that fold to nothing (signs alone) keep
    their signs, so that they are never taken for one another.
    """
    plain_title = _VERSION.sub("", without_guests(title)) or title
    return f"{_folded(without_guests(artist))}|{_folded(plain_title)}"


def without_guests(name: str) -> str:
    """An artist or a title without who is featured."""
    return _GUESTS.sub("", name) or name


def is_version(title: str) -> bool:
    """Whether the title says that it is a live, remixed or otherwise other version."""
    return bool(_VERSION.search(title))


def _folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).casefold().replace("&", "and").strip()
    without_article = letters.removeprefix("the ") or letters
    kept = "".join(c for c in without_article if c.isalnum())
    return kept or "".join(letters.replace("|", "/").split())
