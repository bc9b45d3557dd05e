"""Audio files become songs with moods: the same in this process and in workers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..identity import song_key
from ..lyrics import read_lyrics
from ..mood import Evidence, MoodScores
from ..songs import Catalog, Song
from .tags import Tagged, Unreadable, read_tags
from .walk import Found, Unread


@dataclass(frozen=True)
class Entry:
    """A song of the library; where nobody knows its mood, `moods` and `evidence` are None."""

    path: bytes
    state: str
    artist: str
    title: str
    moods: MoodScores | None = None
    evidence: Evidence | None = None
    spotify_id: str = ""


def read_files(root: bytes, catalog: Path, batch: Sequence[Found]) -> list[Entry | Unread]:
    """What each file below a folder is, in their order, with what a catalog knows of it.

    Raises what `Catalog` and `read_lyrics` raise.
    """
    read = [_tags(root, found) for found in batch]
    with Catalog(catalog) as songs:
        known = songs.known(_keys(each for each in read if isinstance(each, Tagged)))
    moods = _moods_of_words([_unheard_words(each, known) for each in read])
    return [
        each if isinstance(each, Unread) else _entry(found, each, known.get(_key(each)), by_words)
        for found, each, by_words in zip(batch, read, moods, strict=True)
    ]


def _tags(root: bytes, found: Found) -> Tagged | Unread:
    try:
        return read_tags(root, found.path)
    except Unreadable as reason:
        return Unread(found.path, str(reason))


def _keys(songs: Iterable[Tagged]) -> set[str]:
    return {_key(song) for song in songs if song.artist and song.title}


def _key(song: Tagged) -> str:
    return song_key(song.artist, song.title)


def _unheard_words(song: Tagged | Unread, known: Mapping[str, Song]) -> str:
    """The words of a song of which listeners said nothing."""
    if isinstance(song, Unread):
        return ""
    found = known.get(_key(song))
    return "" if found and found.evidence == "listeners" else song.words


def _moods_of_words(texts: Sequence[str]) -> list[MoodScores | None]:
    return read_lyrics(texts) if any(texts) else [None] * len(texts)


def _entry(found: Found, song: Tagged, listed: Song | None, by_words: MoodScores | None) -> Entry:
    """With the listeners' mood, else that of its own words, else the catalog's."""
    entry = Entry(found.path, found.state, song.artist, song.title)
    if listed:
        entry = replace(entry, spotify_id=listed.spotify_id)
    if listed and not by_words:
        return replace(entry, moods=listed.moods, evidence=listed.evidence)
    return replace(entry, moods=by_words, evidence="lyrics" if by_words else None)
