"""Songs as files: playlists for any player (M3U), and tables (CSV)."""

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path

from ..errors import InputError
from ..files import written_aside
from ..identity import clean_name
from ..songs.song import Song
from .links import link

SUFFIXES = (".m3u8", ".m3u", ".csv")
_COLUMNS = ("artist", "title", "mood", "spotify_id", "url")


def save_list(songs: Sequence[Song], out: Path) -> None:
    """Write the songs to a .m3u8, .m3u or .csv file: files by their path, the others by their link.

    Raises InputError for another suffix.
    """
    if out.suffix.lower() not in SUFFIXES:
        raise InputError(f"{out} is no list of songs: name a file that ends in .m3u8 or .csv.")
    content = _csv(songs) if out.suffix.lower() == ".csv" else _m3u(songs)
    with written_aside(out) as aside:
        aside.write_bytes(content)


def _m3u(songs: Sequence[Song]) -> bytes:
    """Extended M3U in UTF-8; a path stays as its file system spells it."""
    lines = [b"#EXTM3U"]
    for song in songs:
        name = clean_name(f"{song.artist} - {song.title}")
        lines.append(f"#EXTINF:-1,{name}".encode("utf-8", "replace"))
        lines.append(_spelled(song.file) if song.file else link(song).encode())
    return b"\n".join(lines) + b"\n"


def _spelled(file: Path) -> bytes:
    """One line, whatever stands in a name."""
    path = os.fsencode(file)
    return file.as_uri().encode() if b"\n" in path or b"\r" in path else path


def _csv(songs: Sequence[Song]) -> bytes:
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(_COLUMNS)
    for song in songs:
        names = _plain(song.artist), _plain(song.title)
        table.writerow((*names, song.mood.value, song.spotify_id, link(song)))
    return text.getvalue().encode("utf-8", "replace")


def _plain(name: str) -> str:
    """A name that no table takes for a formula."""
    return f"'{name}" if name.startswith(("=", "+", "-", "@", "\t", "\r")) else name
