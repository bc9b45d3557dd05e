"""Matches Deezer's tracks to a song, with the rules that all players share."""

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from ...songs.song import Song
from .. import track_matching
from ..track_matching import MIN_TITLE_SIMILARITY, normalize
from .tracks import Track

__all__ = ["best_match", "is_plausible", "normalize"]

_MIN_ARTIST_SIMILARITY = 70.0


class _Names(NamedTuple):
    """The names of a Deezer track, and the track."""

    title: str
    artists: tuple[str, ...]
    album: str
    track: Track


def best_match(song: Song, tracks: Sequence[Track]) -> Track | None:
    """The best matching track, or None; the first in Deezer's order if several are equal."""
    named = [_Names(each.facts.title, (each.facts.artist,), each.album, each) for each in tracks]
    found = track_matching.best_match(song, named)
    return found.track if found else None


def is_plausible(song: Song, track: Track) -> bool:
    """True if artist or title match, which suffices for a track with a known id."""
    artist = fuzz.ratio(normalize(song.artist), normalize(track.facts.artist))
    title = fuzz.ratio(normalize(song.title), normalize(track.facts.title))
    return artist >= _MIN_ARTIST_SIMILARITY or title >= MIN_TITLE_SIMILARITY
