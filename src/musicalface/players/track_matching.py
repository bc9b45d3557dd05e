"""Track matching: which search result is the song, by names and by the version it names."""

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from rapidfuzz import fuzz

from ..identity import without_guests
from ..songs.song import Song
from ..text_folding import fold, words
from ..title_additions import Title, split_title
from .artist_aliases import canonical, plays_covers
from .best_known_versions import usual_version
from .number_words import with_digits
from .transliteration import latin

MIN_ARTIST_SIMILARITY, MIN_TITLE_SIMILARITY = 88.0, 90.0
"""Minimum similarity in percent; a track below it is another song."""

_PENALTY = 10.0  # for a match of a part of a name
_SMALL_PENALTY = 3.0  # for an artist more
_OTHER_ALBUM = 10.0
_MASTERED = re.compile(r"\b(?:\d{4} )?(?:digital )?remaster(?:ed)?(?: \d{2,4})?\b")
_TOGETHER = re.compile(r" (?:and|with|feat|x|vs|y|et|und) ")
_NUMBER = re.compile(r"\b\d{1,3}\b")
_OF_A_PART = re.compile(r"\b(?:no|part|pt|vol|volume)\b")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4"}
_N = re.compile(r"\bn\b")
_FILLERS = frozenset("version versao recording recorded at in the from of a an mtv on and".split())
_OTHER_ALBUMS = frozenset(
    "karaoke live tribute instrumental instrumentals lullaby workout unplugged covers".split()
)


class NamedTrack(Protocol):
    """The names of a track: what all players' search results have."""

    @property
    def title(self) -> str:
        """The title, with its additions."""

    @property
    def artists(self) -> tuple[str, ...]:
        """The artists; the first is the main one."""

    @property
    def album(self) -> str:
        """The album, or an empty text."""


AnyTrack = TypeVar("AnyTrack", bound=NamedTrack)


def best_match(song: Song, tracks: Sequence[AnyTrack]) -> AnyTrack | None:
    """The most similar track, or None if none matches; of equal ones, the first."""
    scored = [(score, track) for track in tracks if (score := similarity(song, track))]
    return max(scored, key=lambda each: each[0], default=(0.0, None))[1]


def similarity(song: Song, track: NamedTrack) -> float:
    """Similarity from 0 (another song or version) to 100.

    The mean of the similarities of artist and title (normalized indel similarity), without
    case, accents and guests. Only harmless additions to the title are accepted, such as
    remastered or radio edit; a song that names a version matches only this version.
    """
    artist, title = artist_similarity(song.artist, track), _title_similarity(song, track)
    if not artist or not title or _is_other_version(song, track):
        return 0.0
    return max((artist + title) / 2 - _album_penalty(song, track), 0.0)


def normalize(name: str) -> str:
    """A name in lower case, without accents, punctuation, guests and remastering."""
    letters = fold(without_guests(name))
    kept = letters.replace("&", " and ").replace("'", "").replace("’", "")
    return " ".join(_MASTERED.sub(" ", words(kept)).split()) or letters.strip()


def has_version(title: str) -> bool:
    """True if a title names another recording than the usual one: live, a remix, a demo."""
    return bool(split_title(title).versions)


def artist_similarity(artist: str, track: NamedTrack) -> float:
    """Similarity of an artist and those of a track, 0 to 100; 0 for artists who play covers."""
    whole = _artist(artist)
    if any(plays_covers(each) and _artist(each) not in whole for each in track.artists):
        return 0.0
    joined = [_artist(each) for each in (*track.artists, " and ".join(track.artists))]
    more = _SMALL_PENALTY if len(track.artists) > 1 and whole not in joined[0] else 0.0
    return max(max(_one_artist(whole, name) for name in joined) - more, 0.0)


def _one_artist(whole: str, name: str) -> float:
    if canonical(whole) == canonical(name) or sorted(whole.split()) == sorted(name.split()):
        return 100.0 if whole else 0.0
    first, other = _TOGETHER.split(whole)[0], _TOGETHER.split(name)[0]
    is_part = first != whole or other != name  # Bob Marley in Bob Marley & The Wailers
    if is_part and first and canonical(first) == canonical(other):
        return 100.0 - _PENALTY
    ratio = max(_ratio(whole, name), _ratio(latin(whole), latin(name)))
    return ratio if ratio >= MIN_ARTIST_SIMILARITY and _is_spelling(whole, name) else 0.0


def _is_spelling(one: str, other: str) -> bool:
    """True unless one name is the other one with words more: Air and Air Supply."""
    return not (set(one.split()) < set(other.split()) or set(other.split()) < set(one.split()))


def _artist(name: str) -> str:
    return _N.sub("and", normalize(name).removeprefix("the "))


def _title_similarity(song: Song, track: NamedTrack) -> float:
    title, found = song.title, track.title
    if _numbers(title) != _numbers(found):
        return 0.0
    whole = _alike(_title(title), _title(found))
    core = _alike(_title(split_title(title).core), _title(split_title(found).core))
    if max(whole, core) < MIN_TITLE_SIMILARITY:
        return 0.0
    return max(whole, core - _PENALTY)


def _title(title: str) -> str:
    return with_digits(normalize(title))


def _alike(one: str, other: str) -> float:
    return max(
        _ratio(one, other),
        _ratio(latin(one), latin(other)),
        _ratio(one.replace(" ", ""), other.replace(" ", "")) - 1,
    )


def _numbers(title: str) -> set[str]:
    """Numbers that tell songs apart; without years, and those of films in brackets."""
    additions = " ".join(split_title(title).additions)
    counted = title if _OF_A_PART.search(additions) else split_title(title).bare
    text = [_ROMAN.get(word, word) for word in _title(counted).split()]
    return set(_NUMBER.findall(" ".join(text))) - {"1"}


def _ratio(one: str, other: str) -> float:
    return fuzz.ratio(one, other) if one and other else 0.0


def _is_other_version(song: Song, track: NamedTrack) -> bool:
    """True if one of the two titles names a version that the other one lacks."""
    own, found = split_title(song.title), split_title(track.title)
    usual = usual_version(song.artist, own.bare)
    if any(not _names(each, own, f"{song.title} {usual}") for each in found.versions):
        return True
    where = f"{track.title} {track.album}"
    return any(not _names(version, found, where) for version in own.versions)


def _names(version: str, title: Title, text: str) -> bool:
    """True if a title has the version too, among its additions or in its text."""
    own, there = _important(version), set(words(fold(text)).split())
    others = [_important(each) for each in title.versions]
    is_in_text = f" {version} " in f" {words(fold(text))} " or (own and own <= there)
    return bool(is_in_text) or any(
        own <= other or other <= own for other in others if own and other
    )


def _important(version: str) -> set[str]:
    return {word for word in version.split() if word not in _FILLERS and not word.isdigit()}


def _album_penalty(song: Song, track: NamedTrack) -> float:
    """100 for an album of other versions in brackets, a small penalty for one in its name."""
    own = set(words(fold(f"{song.title} {song.artist}")).split())
    album = split_title(track.album)
    if any(set(each.split()) & _OTHER_ALBUMS - own for each in album.additions):
        return 100.0
    return _OTHER_ALBUM if set(words(fold(album.bare)).split()) & _OTHER_ALBUMS - own else 0.0
