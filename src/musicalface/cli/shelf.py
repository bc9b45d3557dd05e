"""What `musicalface library` shows: folders, songs, and what became of files."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..library.listing import Folder, Listed
from ..library.scan import Scan
from ..mood import MOODS
from .documents import moods_document
from .show import COLOURS
from .streams import printable

_NUMBER = len("100,000")
_NO_MOODS = {"moods": None, "mood": None, "sure": False}


def folders(held: Sequence[Folder], console: Console) -> None:
    """A row for each folder and one for all, and how many files could not be read."""
    if not held:
        console.print("Your library is empty: musicalface library add DIR.", soft_wrap=True)
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("", no_wrap=True)
    for name in ("songs", *MOODS, "unknown", "unreadable"):
        table.add_column(name, justify="right", min_width=_NUMBER)
    rows = [_counts(folder) for folder in held]
    for folder, row in zip(held, rows, strict=True):
        table.add_row(Text(printable(str(folder.path))), *(f"{count:,}" for count in row))
    table.add_row("all", *(f"{sum(column):,}" for column in zip(*rows, strict=True)))
    # A number that is cut is another number: in a small window lines wrap.
    console.print(table, crop=False)
    if unread := sum((Counter(folder.unread) for folder in held), Counter[str]()):
        told = f"{_unread(unread)}; musicalface library list --unreadable names them."
        console.print(Text(told), soft_wrap=True)


def song(listed: Listed, console: Console) -> None:
    """Artist, title, how sure its mood is, and its file, on one line."""
    sure: list[tuple[str, str]] = []
    if listed.moods:
        mood = listed.moods.mood
        sure = [(f"  {mood.value} {listed.moods.as_dict()[mood]:.0%}", COLOURS[mood])]
    name = (f"{listed.artist} · ", "bold") if listed.artist else ""
    path = (f"  {printable(str(listed.file))}", "dim")
    unknown = [] if sure else ["  unknown"]
    console.print(Text.assemble(name, listed.title, *sure, *unknown, path), soft_wrap=True)


def told(scan: Scan, folder: Folder) -> str:
    """What a scan found, as a sentence."""
    name, songs = printable(str(scan.folder)), f"{folder.songs:,} {noun(folder.songs)}"
    if scan.absent:
        return f"{name} {scan.absent}: its {songs} {'is' if folder.songs == 1 else 'are'} kept."
    parts = [f"{name}: {songs}, {scan.read:,} read now", f"{scan.gone:,} gone" * bool(scan.gone)]
    parts += [f"{folder.unknown:,} of unknown mood" * bool(folder.unknown)]
    sentence = ", ".join(part for part in parts if part)
    return f"{sentence}; {_unread(folder.unread)}." if folder.unread else f"{sentence}."


def noun(songs: int) -> str:
    """One song, two songs."""
    return "song" if songs == 1 else "songs"


def folder_document(folder: Folder) -> dict[str, Any]:
    """One folder; its songs by mood, and why files could not be read."""
    return {
        "path": printable(str(folder.path)),
        "songs": folder.songs,
        "moods": {mood.value: count for mood, count in folder.moods.items()},
        "unknown": folder.unknown,
        "unreadable": folder.unread,
    }


def song_document(listed: Listed) -> dict[str, Any]:
    """One song; moods and evidence are null where nobody knows them."""
    return {
        "artist": listed.artist,
        "title": listed.title,
        **(moods_document(listed.moods) if listed.moods else _NO_MOODS),
        "evidence": listed.evidence,
        "spotify_id": listed.spotify_id or None,
        "path": printable(str(listed.file)),
    }


def _counts(folder: Folder) -> tuple[int, ...]:
    moods = folder.moods.values()
    return (folder.songs, *moods, folder.unknown, sum(folder.unread.values()))


def _unread(reasons: Mapping[str, int]) -> str:
    """How many files could not be read, and why."""
    why = ", ".join(f"{count:,} {reason}" for reason, count in sorted(reasons.items()))
    return f"{sum(reasons.values()):,} could not be read ({why})"
