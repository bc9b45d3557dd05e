"""Which of the tracks that Spotify finds is the song. Strings only; nothing is learnt."""

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz

from ...identity import without_guests
from ...songs.song import Song
from .things import Track

LEAST_ARTIST, LEAST_TITLE = 70.0, 90.0
"""Likeness in per cent below which a track is another song."""

REFUSED = (
    "8d",
    "a cappella",
    "acapella",
    "acoustic",
    "acoustically",
    "acustica",
    "acustico",
    "ao vivo",
    "as made famous by",
    "chopped",
    "club edit",
    "commentary",
    "cover",
    "covers",
    "demo",
    "dub",
    "en directo",
    "en vivo",
    "english version",
    "french version",
    "german version",
    "in concert",
    "in the style of",
    "instrumental",
    "instrumentals",
    "italian version",
    "japanese version",
    "karaoke",
    "korean version",
    "live",
    "lullaby",
    "made famous by",
    "mashup",
    "medley",
    "mix",
    "nightcore",
    "orchestral",
    "originally performed by",
    "piano",
    "piano version",
    "portuguese version",
    "re recorded",
    "remix",
    "remixed",
    "remixes",
    "rerecorded",
    "reverb",
    "rework",
    "screwed",
    "session",
    "sessions",
    "slowed",
    "spanish version",
    "sped up",
    "tribute",
    "unplugged",
    "workout",
)
"""Words of another version; a track that has one which the wanted song has not is refused."""

_LESS = 10.0  # for a part of a name, and for another version's album: rather another track
_MASTERED = re.compile(r"\b(?:\d{4} )?(?:digital )?remaster(?:ed)?(?: \d{2,4})?\b")
_ADDED = re.compile(r"\s*(?:\([^)]*\)|\[[^\]]*\]|\s-\s.*$)")
_TOGETHER = re.compile(r" (?:and|with|feat) ")
_NUMBER = re.compile(r"\b\d{1,3}\b")
_OF_A_PART = re.compile(r"\b(?:no|part|pt|vol|volume)\b")
_SAME_MIX = re.compile(r"\b(?:\d{4}|original|album|single|mono|stereo) mix\b")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "two": "2", "three": "3", "four": "4"}
_WORD = re.compile(r"[^\w\s]|_")


def best(song: Song, tracks: Sequence[Track]) -> Track | None:
    """The track that is the song, or None; of equals the first, as Spotify ordered them."""
    scored = [(score, track) for track in tracks if (score := likeness(song, track))]
    return max(scored, key=lambda each: each[0], default=(0.0, None))[1]


def likeness(song: Song, track: Track) -> float:
    """How like the two are, 0 (another song, or another version) to 100.

    The mean of the likeness of the artists and of the titles: the share of letters
    that stay (indel distance), without case and accents; guests and remastering do
    not count. What stands in brackets or after a dash counts a little.
    """
    artist, title = _artists_likeness(song.artist, track), _title_likeness(song.title, track.title)
    if artist < LEAST_ARTIST or title < LEAST_TITLE or _is_other_version(song, track):
        return 0.0
    wanted = versions(f"{song.title} {song.artist}")
    if added_versions(track.album) - wanted:
        return 0.0
    elsewhere = versions(track.album) - wanted
    return (artist + title) / 2 - (_LESS if elsewhere else 0.0)


def plain(name: str) -> str:
    """Words in lower case, without accents, punctuation, guests and remastering."""
    letters = _without_accents(without_guests(name))
    kept = letters.replace("&", " and ").replace("'", "").replace("’", "")
    words = _WORD.sub(" ", kept)
    return " ".join(_MASTERED.sub(" ", " ".join(words.split())).split()) or letters.strip()


def _without_accents(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in letters if not unicodedata.combining(c))


def _artists_likeness(wanted: str, track: Track) -> float:
    names = [_bare(name) for name in (*track.artists, " and ".join(track.artists))]
    whole = _bare(wanted)
    first = _TOGETHER.split(whole)[0]  # Bob Marley, of Bob Marley & The Wailers
    return max(
        max(_alike(whole, name), _alike(first, _TOGETHER.split(name)[0]) - _LESS) for name in names
    )


def _bare(artist: str) -> str:
    return plain(artist).removeprefix("the ")


def _title_likeness(wanted: str, found: str) -> float:
    if _numbers(wanted) != _numbers(found):
        return 0.0
    bare = _alike(plain(_ADDED.sub("", wanted)), plain(_ADDED.sub("", found)))
    return max(_alike(plain(wanted), plain(found)), bare - _LESS)


def _numbers(title: str) -> set[str]:
    """Another number is another song, but not a year, nor that of a film in brackets."""
    added = " ".join(_ADDED.findall(title))
    counted = title if _OF_A_PART.search(plain(added)) else _ADDED.sub("", title)
    words = [_ROMAN.get(word, word) for word in plain(counted).split()]
    return set(_NUMBER.findall(" ".join(words))) - {"1"}


def _alike(one: str, other: str) -> float:
    return fuzz.ratio(one, other) if one and other else 0.0


def _is_other_version(song: Song, track: Track) -> bool:
    """By what is added to the title on its own: Live Forever may be live, too."""
    if added_versions(track.title) - added_versions(song.title):
        return True
    wanted = versions(f"{song.title} {song.artist}")
    return bool(versions(f"{track.title} {' '.join(track.artists)}") - wanted)


def versions(name: str) -> set[str]:
    """The words of REFUSED in a name."""
    letters = _without_accents(name)
    words = _SAME_MIX.sub(" ", f" {' '.join(_WORD.sub(' ', letters).split())} ")
    return {version for version in REFUSED if f" {version} " in words}


def added_versions(name: str) -> set[str]:
    """Those that stand in brackets or after a dash: Live Forever is a name, and no version."""
    return versions(" ".join(_ADDED.findall(name)))
