"""Folder names: the artist, if songs lie in Artist/Album or in Artist."""

import re

from ..identity import clean_name
from ..text_decoding import decode_text
from .placeholder_names import is_placeholder_artist

_DISC = re.compile(r"(?:cd|disc|disk|dvd|vinyl|side|lp) ?[\da-d]{0,2}", re.IGNORECASE)
_COLLECTION = re.compile(
    r"(?:my )?(?:music|musik|musique|música|musica|songs?|downloads?|mp3s?|flac|audio|media|library"
    r"|itunes(?: media)?|spotify|youtube|albums?|singles|playlists?|compilations?|soundtracks?|ost"
    r"|unsorted|sorted|misc|other|new(?: folder)?(?: \(?\d+\)?)?|lossless|best of|favou?rites"
    r"|mix(?:es)?"
    r"|[a-z#]|0-9|(?:19|20)\d\d(?:s)?|\d\ds|various|pop|rock|jazz|classical|metal|hip[ -]?hop"
    r"|rips?)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"^[\[(]?(?:19|20)\d\d[\])]? *[-–.]? *|[ -]*[\[(](?:19|20)\d\d[^\])]*[\])]$")


def artist_folders(path: bytes) -> list[str]:
    """Returns the names of folders that may be the artist, the most likely one first.

    In Artist/Album/song it is the folder before the last one, and discs do not count.
    """
    names = [clean_name(decode_text(part)) for part in path.split(b"/")[:-1]]
    named = [name for name in names if name and not _is_shelf(name)]
    candidates = [*named[-2:-1], *named[-1:]]
    return [artist for name in candidates if (artist := _artist(name))]


def _is_shelf(folder: str) -> bool:
    return bool(_DISC.fullmatch(folder) or _COLLECTION.fullmatch(folder))


def _artist(folder: str) -> str:
    """Returns the artist of "ABBA", "ABBA - Arrival"; empty for a collection or an album's year."""
    first = re.split(r" +[-–] +", folder)[0]
    is_none = _YEAR.search(folder) or _COLLECTION.fullmatch(first) or is_placeholder_artist(first)
    return "" if is_none else first
