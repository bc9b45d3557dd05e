"""Output of `musicalface library`: folders, songs and scan summaries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from ..library.listing import Folder, ListedSong
from ..library.scan import ScanResult
from ..library.sound_scan import ListeningResult
from ..mood import MOODS
from .json_output import moods_document
from .render import COLOURS
from .stdio import printable

_NUMBER = len("100,000")
_COUNTS = ("songs", *MOODS, "unknown", "unreadable")
_NO_MOODS = {"moods": None, "mood": None, "sure": False}


def print_folders(folders: Sequence[Folder], console: Console) -> None:
    """Prints a row per folder, the totals, and the number of unreadable files."""
    if not folders:
        console.print(
            "Your library is empty. Add a folder with musicalface library add DIR.", soft_wrap=True
        )
        return
    rows = [_counts(folder) for folder in folders]
    lines = [
        [*map(_number, row), printable(str(folder.path))]
        for folder, row in zip(folders, rows, strict=True)
    ]
    lines.append([*(_number(sum(column)) for column in zip(*rows, strict=True)), "all"])
    # The folder is last and no line is wrapped, so that a long path moves no number.
    for line in ([*_COUNTS, "folder"], *lines):
        console.print(Text(_line(line)), soft_wrap=True)
    if unread := sum((Counter(folder.unread) for folder in folders), Counter[str]()):
        text = f"{_unreadable_summary(unread)}; see musicalface library list --unreadable."
        console.print(Text(text), soft_wrap=True)


def _number(count: int) -> str:
    return f"{count:,}"


def _line(cells: Sequence[str]) -> str:
    """The counts, each as wide as its column, and the folder."""
    counts = zip(cells[:-1], _COUNTS, strict=True)
    widths = (f"{cell:>{max(_NUMBER, len(name))}}" for cell, name in counts)
    return "  ".join([*widths, cells[-1]])


def print_song(listed: ListedSong, console: Console) -> None:
    """Prints artist, title, mood with its probability and evidence, and file, on one line."""
    mood_label: list[tuple[str, str]] = []
    if listed.moods:
        mood = listed.moods.mood
        mood_label = [(f"  {mood.value} {listed.moods.as_dict()[mood]:.0%}", COLOURS[mood])]
        mood_label += [(f" ({listed.why})", "")] * bool(listed.why)
    name = (f"{listed.artist} · ", "bold") if listed.artist else ""
    path = (f"  {printable(str(listed.file))}", "dim")
    unknown = [] if mood_label else ["  unknown"]
    console.print(Text.assemble(name, listed.title, *mood_label, *unknown, path), soft_wrap=True)


def scan_summary(scan: ScanResult, folder: Folder) -> str:
    """The result of a scan in one sentence."""
    name, songs = printable(str(scan.folder)), f"{folder.songs:,} {song_noun(folder.songs)}"
    if scan.absent:
        return f"{name} {scan.absent}: its {songs} {'is' if folder.songs == 1 else 'are'} kept."
    parts = [f"{name}: {songs}, {scan.read:,} read now", f"{scan.gone:,} gone" * bool(scan.gone)]
    parts += [f"{folder.unknown:,} of unknown mood" * bool(folder.unknown)]
    sentence = ", ".join(part for part in parts if part)
    return f"{sentence}; {_unreadable_summary(folder.unread)}." if folder.unread else f"{sentence}."


def listening_summary(result: ListeningResult) -> str:
    """The result of listening in one sentence."""
    text = f"Moods read from the sound of {result.heard:,} {song_noun(result.heard)}"
    if not result.problems:
        return f"{text}."
    why = ", ".join(f"{count:,} {reason}" for reason, count in sorted(result.problems.items()))
    total = sum(result.problems.values())
    return f"{text}; not of {total:,} ({why}). See musicalface library list --unheard."


def song_noun(songs: int) -> str:
    """The noun to follow a number: song or songs."""
    return "song" if songs == 1 else "songs"


def folder_document(folder: Folder) -> dict[str, Any]:
    """A folder: its songs by mood, and its unreadable files by reason."""
    return {
        "path": printable(str(folder.path)),
        "songs": folder.songs,
        "moods": {mood.value: count for mood, count in folder.moods.items()},
        "unknown": folder.unknown,
        "unreadable": folder.unread,
    }


def song_document(listed: ListedSong) -> dict[str, Any]:
    """A song; moods and evidence are null if unknown."""
    return {
        "artist": listed.artist,
        "title": listed.title,
        **(moods_document(listed.moods) if listed.moods else _NO_MOODS),
        "evidence": listed.evidence,
        "why": listed.why or None,
        "spotify_id": listed.spotify_id or None,
        "path": printable(str(listed.file)),
    }


def _counts(folder: Folder) -> tuple[int, ...]:
    moods = folder.moods.values()
    return (folder.songs, *moods, folder.unknown, sum(folder.unread.values()))


def _unreadable_summary(reasons: Mapping[str, int]) -> str:
    """The number of unreadable files, and the reasons."""
    why = ", ".join(f"{count:,} {reason}" for reason, count in sorted(reasons.items()))
    return f"{sum(reasons.values()):,} unreadable ({why})"
