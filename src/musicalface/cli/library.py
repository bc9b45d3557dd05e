"""`musicalface library`."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import click
from rich.console import Console

from ..library import Library, open_library
from ..library.scan import Scan
from ..mood import Mood
from . import shelf
from .options import PATH
from .options import as_json as json_option
from .progress import tallied
from .streams import print_json, print_json_list, printable

UNKNOWN, UNSET = "unknown", "unset"
WORKERS = click.option(
    "--workers", type=click.IntRange(1), help="Processes that read. Default: all cores."
)


@click.group()
def command() -> None:
    """Your own music: add folders, see and set moods.

    \b
    musicalface library add ~/Music
    musicalface library list --mood happy
    musicalface library mood ~/Music/song.mp3 relaxed
    musicalface library rescan
    """


@command.command()
@click.argument("folders", nargs=-1, required=True, type=PATH, metavar="DIR…")
@WORKERS
def add(folders: tuple[Path, ...], workers: int | None) -> None:
    """Add folders of music: mp3, m4a, flac, ogg, oga, opus and wav.

    \b
    musicalface library add ~/Music /media/disk/songs

    A song has the mood that listeners gave it, if the catalog knows, else that of its
    words, in its tags or in an .lrc or .txt file beside it. Links are not followed,
    and hidden files are left out. No file is changed. After Ctrl-C or a kill the same
    command goes on where it was.
    """
    with open_library() as library:
        _scan(library, partial(library.add, folders, workers=workers))


@command.command()
@click.argument("folders", nargs=-1, type=PATH, metavar="[DIR…]")
@click.option("--all", "anew", is_flag=True, help="Read files that have not changed, too.")
@WORKERS
def rescan(folders: tuple[Path, ...], anew: bool, workers: int | None) -> None:
    """Read what is new or changed, forget what is gone.

    \b
    musicalface library rescan
    musicalface library rescan ~/Music --all     after a new catalog, say

    A folder that is not there keeps its songs: its disk may come again.
    """
    with open_library() as library:
        _scan(library, partial(library.rescan, folders, anew=anew, workers=workers))


@command.command()
@click.argument("folder", type=PATH, metavar="DIR")
def remove(folder: Path) -> None:
    """Forget a folder; no file is touched.

    Its songs and the moods that you set there are forgotten, too.

    \b
    musicalface library remove ~/Music
    """
    with open_library() as library:
        songs = library.remove(folder)
    click.echo(f"{printable(str(folder))}: {songs:,} {shelf.noun(songs)} forgotten.")


@command.command()
@click.argument("file", type=PATH, metavar="FILE")
@click.argument("mood", metavar="MOOD")
def mood(file: Path, mood: str) -> None:
    """Say what mood a song is.

    \b
    musicalface library mood ~/Music/song.mp3 happy
    musicalface library mood ~/Music/song.mp3 unset

    MOOD is angry, happy, relaxed or sad, or unset, which takes it back. What you say
    goes before all else, and stays when the file is read again or renamed.
    """
    wanted = None if mood.lower() == UNSET else Mood.parse(mood)
    with open_library() as library:
        shelf.song(library.set_mood(file, wanted), Console(highlight=False))


@command.command(name="list")
@click.option(
    "--mood",
    type=click.Choice([*(mood.value for mood in Mood), UNKNOWN], case_sensitive=False),
    help="The songs of this mood, the surest first.",
)
@click.option("--unreadable", is_flag=True, help="The files that could not be read, and why.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many songs.")
@json_option
def list_contents(mood: str | None, unreadable: bool, limit: int | None, as_json: bool) -> None:
    """What your library holds, in all, of a mood, or unread.

    \b
    musicalface library list
    musicalface library list --mood sad --limit 20
    musicalface library list --unreadable
    """
    if mood and unreadable:
        raise click.UsageError("--mood and --unreadable are two lists: ask for one.")
    if limit and not mood:
        raise click.UsageError("--limit is for --mood.")
    with open_library() as library:
        if unreadable:
            _list_unread(library, as_json)
        elif mood:
            _list_songs(library, None if mood == UNKNOWN else Mood(mood), limit or -1, as_json)
        else:
            _list_folders(library, as_json)


def _list_folders(library: Library, as_json: bool) -> None:
    folders = library.folders()
    if as_json:
        print_json({"folders": [shelf.folder_document(folder) for folder in folders]})
    else:
        shelf.folders(folders, Console(highlight=False))


def _list_songs(library: Library, mood: Mood | None, limit: int, as_json: bool) -> None:
    listed = library.listed(mood, limit)
    if as_json:
        print_json_list("songs", map(shelf.song_document, listed))
        return
    console = Console(highlight=False)
    for song in listed:
        shelf.song(song, console)


def _list_unread(library: Library, as_json: bool) -> None:
    unread = ((printable(str(path)), reason) for path, reason in library.unread())
    if as_json:
        rows = ({"path": path, "reason": reason} for path, reason in unread)
        print_json_list("unreadable", rows)
        return
    for path, reason in unread:
        click.echo(f"{reason}  {path}")


def _scan(library: Library, run: Callable[..., Sequence[Scan]]) -> None:
    try:
        with tallied("files") as step:
            scans = run(progress=step)
    except KeyboardInterrupt:
        click.echo("What was read is kept; the same command goes on.", err=True)
        raise
    held = {folder.path: folder for folder in library.folders()}
    for scan in scans:
        click.echo(shelf.told(scan, held[scan.folder]))
    if not scans:
        click.echo("Your library has no folder yet: musicalface library add DIR.")
