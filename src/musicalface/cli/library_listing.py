"""`musicalface library list`: folders, songs of a mood, and files with problems."""

from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console

from ..library import Library, open_library
from ..mood import Mood
from . import library_report
from .options import as_json as json_option
from .stdio import print_json, print_json_list, printable

UNKNOWN = "unknown"


@click.command(name="list")
@click.option(
    "--mood",
    type=click.Choice([*(mood.value for mood in Mood), UNKNOWN], case_sensitive=False),
    help="List the songs of this mood, most certain first.",
)
@click.option("--unreadable", is_flag=True, help="List the unreadable files, with the reason.")
@click.option("--unheard", is_flag=True, help="List the songs whose sound can't be read.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="List at most N songs.")
@json_option
def list_contents(
    mood: str | None, unreadable: bool, unheard: bool, limit: int | None, as_json: bool
) -> None:
    """List your library: folders, songs of a mood, or unreadable files.

    \b
    musicalface library list
    musicalface library list --mood sad --limit 20
    musicalface library list --unreadable
    """
    if bool(mood) + unreadable + unheard > 1:
        raise click.UsageError(
            "--mood, --unreadable and --unheard are different lists. Choose one."
        )
    if limit and not mood:
        raise click.UsageError("--limit needs --mood.")
    with open_library() as library:
        if unreadable:
            _list_problems("unreadable", library.unreadable(), as_json)
        elif unheard:
            _list_problems("unheard", library.unheard(), as_json)
        elif mood:
            _list_songs(library, None if mood == UNKNOWN else Mood(mood), limit or -1, as_json)
        else:
            _list_folders(library, as_json)


def _list_folders(library: Library, as_json: bool) -> None:
    folders = library.folders()
    if as_json:
        print_json({"folders": [library_report.folder_document(folder) for folder in folders]})
    else:
        library_report.print_folders(folders, Console(highlight=False))


def _list_songs(library: Library, mood: Mood | None, limit: int, as_json: bool) -> None:
    listed = library.list_songs(mood, limit)
    if as_json:
        print_json_list("songs", map(library_report.song_document, listed))
        return
    console = Console(highlight=False)
    for song in listed:
        library_report.print_song(song, console)


def _list_problems(name: str, problems: Iterator[tuple[Path, str]], as_json: bool) -> None:
    listed = ((printable(str(path)), reason) for path, reason in problems)
    if as_json:
        print_json_list(name, ({"path": path, "reason": reason} for path, reason in listed))
        return
    for path, reason in listed:
        click.echo(f"{reason}  {path}")
