"""Tables of ids: read them, and give songs the ids of Spotify and Deezer that they lack."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ..identity import is_version, song_key
from ..lyrics.table_reader import held_songs
from .song import Song


class SongIds(NamedTuple):
    """The ids of a song; unknown ones are empty."""

    spotify: str = ""
    deezer: int = 0


IdsByKey = dict[str, SongIds]
"""Ids by `song_key`."""


def read_ids(tables: Sequence[Path]) -> IdsByKey:
    """Returns the ids in tables of artist, title, and spotify_id or deezer_id.

    The first table with an id of a song counts, and in a table the original goes before live
    and remix versions. Raises what `held_songs` raises.
    """
    ids_by_key: IdsByKey = {}
    for table in tables:
        for key, ids in _read_table(table).items():
            ids_by_key[key] = _merged(ids_by_key.get(key, SongIds()), ids)
    return ids_by_key


def add_ids(song: Song, ids_by_key: IdsByKey) -> Song:
    """Returns the song with the ids that it lacks."""
    found = ids_by_key.get(song_key(song.artist, song.title)) if ids_by_key else None
    if not found:
        return song
    ids = _merged(SongIds(song.spotify_id, song.deezer_id), found)
    return replace(song, spotify_id=ids.spotify, deezer_id=ids.deezer)


def _read_table(path: Path) -> IdsByKey:
    originals: IdsByKey = {}
    versions: IdsByKey = {}
    for row in held_songs(path, ("artist", "title", "spotify_id or deezer_id")):
        if row.spotify_id or row.deezer_id:
            ids_by_key = versions if is_version(row.title) else originals
            ids = SongIds(row.spotify_id, row.deezer_id)
            ids_by_key.setdefault(song_key(row.artist, row.title), ids)
    return versions | originals


def _merged(known: SongIds, more: SongIds) -> SongIds:
    return SongIds(known.spotify or more.spotify, known.deezer or more.deezer)
