"""Playlist files: writes songs as M3U playlists or CSV tables."""

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path

from ..csv_rows import escape_formula
from ..errors import InputError
from ..files import atomic_write
from ..identity import clean_name
from ..songs.song import Song
from .song_links import link

SUFFIXES = (".m3u8", ".m3u", ".csv")
_COLUMNS = ("artist", "title", "mood", "spotify_id", "url", "deezer_id")


def save_list(songs: Sequence[Song], out: Path) -> None:
    """Write the songs to a .m3u8, .m3u or .csv file, with the path or the link of each song.

    Raises InputError if the suffix is another one.
    """
    if out.suffix.lower() not in SUFFIXES:
        raise InputError(f"{out} isn't a playlist file. Choose a name that ends in .m3u8 or .csv.")
    with atomic_write(out) as temporary:
        temporary.write_bytes(playlist(songs, out.suffix))


def playlist(songs: Sequence[Song], suffix: str) -> bytes:
    """Returns the songs as a .csv table, or for any other suffix as an M3U playlist."""
    return _csv(songs) if suffix.lower() == ".csv" else _m3u(songs)


def _m3u(songs: Sequence[Song]) -> bytes:
    """Extended M3U in UTF-8; paths keep the bytes of the file system."""
    lines = [b"#EXTM3U"]
    for song in songs:
        name = clean_name(f"{song.artist} - {song.title}")
        lines.append(f"#EXTINF:-1,{name}".encode("utf-8", "replace"))
        lines.append(_path_bytes(song.file) if song.file else link(song).encode())
    return b"\n".join(lines) + b"\n"


def _path_bytes(file: Path) -> bytes:
    """The path in one line, or its URI if it contains a line break."""
    path = os.fsencode(file)
    return file.as_uri().encode() if b"\n" in path or b"\r" in path else path


def _csv(songs: Sequence[Song]) -> bytes:
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(_COLUMNS)
    for song in songs:
        names = escape_formula(song.artist), escape_formula(song.title)
        table.writerow((*names, song.mood.value, song.spotify_id, link(song), song.deezer_id or ""))
    return text.getvalue().encode("utf-8", "replace")
