"""Library export: one playlist per mood for other players, or a table of all songs."""

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote_from_bytes

from ..csv_rows import escape_formula
from ..errors import InputError
from ..files import atomic_write
from ..identity import clean_name
from ..mood import MOODS, Mood
from .listing import ListedSong

_MARK = "# Written by MusicalFace: the next export replaces this file."
_HEADER = ("#EXTM3U", _MARK)
COLUMNS = (
    "path", "artist", "title", "mood", "valence", "arousal", *MOODS, "sure", "evidence", "why",
)  # fmt: skip
_DIGITS = 3


def playlist_path(folder: Path, mood: Mood) -> Path:
    """Returns the file of a mood's playlist."""
    return folder / f"MusicalFace {mood.value}.m3u8"


def check_playlists(folder: Path) -> None:
    """Raises InputError if the folder has a file of that name that MusicalFace has not written."""
    for path in (playlist_path(folder, mood) for mood in MOODS):
        if path.exists() and not _is_ours(path):
            raise InputError(
                f"{path} wasn't written by MusicalFace. Move it away, or choose another folder."
            )


def write_playlist(songs: Iterator[ListedSong], mood: Mood, folder: Path) -> int:
    """Writes the songs whose mood is clear as extended M3U in UTF-8, with relative paths.

    Paths keep the bytes of the file system. Returns the number of songs.
    """
    out, count = playlist_path(folder, mood), 0
    with atomic_write(out) as temporary, temporary.open("wb") as file:
        file.write("\n".join((*_HEADER, f"#PLAYLIST:MusicalFace {mood.value}", "")).encode())
        for song in songs:
            if song.moods and song.moods.sure:
                file.write(_entry(song, folder))
                count += 1
    return count


def write_table(songs: Iterator[ListedSong], out: Path) -> int:
    """Writes a CSV table in UTF-8 with mood, valence, arousal and evidence of each song.

    Songs of unknown mood have empty cells. Returns the number of songs.
    """
    count = 0
    with atomic_write(out) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for song in songs:
            table.writerow(_row(song))
            count += 1
    return count


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(200).startswith("\n".join(_HEADER).encode())


def _entry(song: ListedSong, folder: Path) -> bytes:
    name = clean_name(f"{song.artist} - {song.title}" if song.artist else song.title)
    return f"#EXTINF:-1,{name}\n".encode("utf-8", "replace") + _location(song.file, folder) + b"\n"


def _location(file: Path, folder: Path) -> bytes:
    """Returns the relative path; a path with a line break is percent-encoded.

    A path that starts with # would be a comment, so it starts with ./ instead.
    """
    try:
        path = os.fsencode(os.path.relpath(file, folder.resolve()))
    except ValueError:  # on another drive of Windows
        path = os.fsencode(file)
    if b"\n" in path or b"\r" in path:
        return quote_from_bytes(path).encode()
    return b"./" + path if path.startswith(b"#") else path


def _row(song: ListedSong) -> list[object]:
    names = (_text(str(song.file)), _text(song.artist), _text(song.title))
    if not song.moods:
        return [*names, *[""] * (len(COLUMNS) - len(names))]
    moods = song.moods
    numbers = (moods.valence, moods.arousal, *moods.as_dict().values())
    rounded = (round(number, _DIGITS) for number in numbers)
    sure = "yes" if moods.sure else "no"
    return [*names, moods.mood.value, *rounded, sure, song.evidence, _text(song.why)]


def _text(value: str) -> str:
    return escape_formula(value.encode("utf-8", "replace").decode())
