"""Artist and title of a song, from its tags, its file's name and its folders."""

import os
import re
from collections.abc import Iterator, Sequence

from ..identity import clean_name
from ..text_decoding import decode_text
from ..text_folding import fold, letters_and_digits
from ..title_additions import split_title, without_junk
from .file_names import name_parts, pairs, without_last_words, without_number
from .folder_names import artist_folders
from .placeholder_names import is_placeholder_artist, is_placeholder_title

Names = tuple[str, str]
"""Artist and title; unknown ones are empty."""

_CHANNEL = re.compile(
    r"(?: +- +topic|(?<=\w) ?vevo|(?: +-)? +official(?: channel)?)$", re.IGNORECASE
)
_SEVERAL = re.compile(r" *[;\\] *| +/ +|\0")
_TOGETHER = re.compile(r" *, +| +(?:&|and|x|vs\.?|with|feat\.?|ft\.?) +", re.IGNORECASE)
_TIGHT = re.compile(r"(?<=\w)/(?=\w)")  # of ID3v2.3, and in AC/DC
_SLASH = re.compile(r" +[/|] +")
_QUOTES = re.compile(r"""^["“„«](.+)["”“»]$""")
_MAX_CANDIDATES = 12


def name_candidates(
    path: bytes, artists: Sequence[str], title: str, album_artist: str
) -> list[Names]:
    """Returns readings of a song's names, the most likely one first, at least one, at most 12.

    `path` is relative to the library's folder. The others are for a look-up in the catalog: tags
    with several artists, additions to the title, a file name with parts in another order.
    """
    stem = os.path.splitext(os.path.basename(path))[0]
    file_names = list(_from_parts(name_parts(decode_text(stem))))
    tagged = [name for artist in artists for name in _artists(artist)]
    titles = _titles(title, tagged)
    if not titles and is_placeholder_title(file_names[0][1]):
        return [(tagged[0], "") if tagged else ("", file_names[0][1])]
    others = [*_artists(album_artist), *artist_folders(path)]
    if tagged or titles:
        found = _from_tags(tagged, titles, file_names, others)
    else:
        found = _from_file(file_names, others)
    kept = [names for names in dict.fromkeys(found) if names[1]]
    return kept[:_MAX_CANDIDATES] or file_names[:1]


def _from_tags(
    tagged: Sequence[str], titles: Sequence[str], file_names: Sequence[Names], others: Sequence[str]
) -> Iterator[Names]:
    """Yields readings of the tags; what they lack comes from the file's name, or the folders."""
    artists = tagged or [*filter(None, [file_names[0][0]]), *others] or [""]
    for title in titles or [title for _, title in file_names]:
        yield from ((artist, title) for artist in artists)
    yield from ((artist, title) for artist in others for title in titles)


def _from_file(file_names: Sequence[Names], others: Sequence[str]) -> Iterator[Names]:
    """Yields readings of a file's name; an artist that it lacks comes from the folders."""
    artist, title = file_names[0]
    yield (artist or next(iter(others), ""), title)
    yield from file_names[1:]
    yield from ((other, name) for other in others for _, name in file_names)


def _from_parts(parts: list[str]) -> Iterator[Names]:
    """Yields readings of a file name's parts."""
    first, last = parts[0], parts[-1]
    if len(parts) == 1:
        yield ("", first)
        yield from pairs(first)
        return
    yield (first, " - ".join(parts[1:]))
    if len(parts) > 2:
        yield (first, last)
        yield (first, parts[1])
        yield (parts[1], last)
    for artist in _artists(first):
        yield from ((artist, title) for title in _shorter(last))
    yield (last, first)


def _artists(tag: str) -> list[str]:
    """Returns the artists of a tag: as it is, without what channels add, and each one alone."""
    names = [_CHANNEL.sub("", clean_name(name)) for name in _SEVERAL.split(tag)]
    single = [pattern.split(name)[0] for name in names for pattern in (_TOGETHER, _TIGHT)]
    found = filter(None, dict.fromkeys([*names, *single]))
    return [name for name in found if not is_placeholder_artist(name)]


def _titles(tag: str, artists: Sequence[str]) -> list[str]:
    """Returns the titles of a tag: tidy, without additions, and the first of two songs."""
    title = clean_name(tag)
    title = _QUOTES.sub(r"\1", without_number(title) or title)
    if not title or is_placeholder_title(title):
        return []
    return list(dict.fromkeys(_shorter(_without_artist(title, artists))))


def _shorter(title: str) -> Iterator[str]:
    yield title
    yield without_junk(title)
    if not (split := split_title(title)).versions:
        yield split.bare
    yield without_last_words(title)
    yield _SLASH.split(title)[0]


def _without_artist(title: str, artists: Sequence[str]) -> str:
    """Returns "Dancing Queen" for "ABBA - Dancing Queen" if ABBA is an artist."""
    first, separator, rest = title.partition(" - ")
    letters = letters_and_digits(fold(first))
    is_artist = letters and letters in {letters_and_digits(fold(each)) for each in artists}
    return rest.strip() if separator and rest.strip() and is_artist else title
