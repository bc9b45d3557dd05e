"""`musicalface library`: the user's own music."""

from pathlib import Path

import click
from rich.console import Console

from ..library import open_library
from ..library.export import playlist_path
from ..mood import Mood
from . import library_report
from .library_listing import list_contents
from .library_scanning import add, listen, rescan
from .options import PATH
from .stdio import printable

UNSET = "unset"


@click.group()
def command() -> None:
    """Manage your own music: add folders, list, set and export moods.

    \b
    musicalface library add ~/Music
    musicalface library list --mood happy
    musicalface library mood ~/Music/song.mp3 relaxed
    musicalface library rescan
    musicalface library export --playlists ~/Music/Playlists
    """


@command.command()
@click.argument("pattern", metavar="[PATTERN]", required=False)
@click.option("--remove", "removes", is_flag=True, help="Include the files again.")
def exclude(pattern: str | None, removes: bool) -> None:
    """Leave out files and folders whose name or path matches a pattern; without one, list them.

    \b
    musicalface library exclude Audiobooks           folders and files of this name
    musicalface library exclude "*.wav"
    musicalface library exclude "Kids/*" --remove

    Case does not matter. The songs leave the library at once; no file is touched.
    """
    if removes and not pattern:
        raise click.UsageError("--remove needs a PATTERN.")
    with open_library() as library:
        if not pattern:
            click.echo("\n".join(library.exclusions) or "Nothing is excluded.")
        elif removes:
            library.include(pattern)
            click.echo("musicalface library rescan finds the files again.")
        else:
            songs = library.exclude(pattern)
            click.echo(f"{songs:,} {library_report.song_noun(songs)} removed from the library.")


@command.command()
@click.option("--playlists", type=PATH, metavar="DIR", help="Write a playlist per mood (.m3u8).")
@click.option("--csv", "table", type=PATH, metavar="FILE", help="Write a table of all songs.")
def export(playlists: Path | None, table: Path | None) -> None:
    """Write playlists for other players, or a table with the mood of each song.

    \b
    musicalface library export --playlists ~/Music/Playlists
    musicalface library export --csv moods.csv

    Playlists have relative paths, so they work on other devices too. Run the command again to
    refresh them. Files that MusicalFace has not written are never replaced.
    """
    if not playlists and not table:
        raise click.UsageError("Choose --playlists DIR or --csv FILE.")
    with open_library() as library:
        if playlists:
            for mood, songs in library.export_playlists(playlists).items():
                noun = library_report.song_noun(songs)
                click.echo(f"{playlist_path(playlists, mood)}: {songs:,} {noun}")
        if table:
            songs = library.export_table(table)
            click.echo(f"{table}: {songs:,} {library_report.song_noun(songs)}")


@command.command()
@click.argument("folder", type=PATH, metavar="DIR")
def remove(folder: Path) -> None:
    """Remove a folder from the library; no file is touched.

    This also removes its songs and the moods that you set for them.

    \b
    musicalface library remove ~/Music
    """
    with open_library() as library:
        songs = library.remove(folder)
    click.echo(f"{printable(str(folder))}: {songs:,} {library_report.song_noun(songs)} removed.")


@command.command()
@click.argument("file", type=PATH, metavar="FILE")
@click.argument("mood", metavar="MOOD")
def mood(file: Path, mood: str) -> None:
    """Set the mood of a song.

    \b
    musicalface library mood ~/Music/song.mp3 happy
    musicalface library mood ~/Music/song.mp3 unset

    MOOD is angry, happy, relaxed or sad, or unset to remove your choice. Your choice takes
    precedence over everything else and stays when the file is rescanned or renamed.
    """
    new_mood = None if mood.lower() == UNSET else Mood.parse(mood)
    with open_library() as library:
        library_report.print_song(library.set_mood(file, new_mood), Console(highlight=False))


for subcommand in (add, rescan, listen, list_contents):
    command.add_command(subcommand)
