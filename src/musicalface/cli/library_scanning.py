"""`musicalface library add`, `rescan` and `listen`: read tags, then moods from the sound."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import click
from platformdirs import user_music_path

from ..errors import LibraryError, MissingExtraError
from ..library import Library, open_library
from ..library.scan import ScanResult
from . import library_report
from .options import PATH
from .progress_bars import count_display, progress_bar

WORKERS = click.option(
    "--workers", type=click.IntRange(1), help="Worker processes. Default: one per core."
)

LISTENING = click.option(
    "--audio/--no-audio",
    "listens",
    default=None,
    help="Whether to read moods from the sound afterwards. Default: your setting (listen --off).",
)


@click.command()
@click.argument("folders", nargs=-1, type=PATH, metavar="DIR…")
@WORKERS
@LISTENING
def add(folders: tuple[Path, ...], workers: int | None, listens: bool | None) -> None:
    """Add folders of music: mp3, m4a, m4b, mp4, aac, flac, ogg, oga, opus, wav and webm.

    \b
    musicalface library add ~/Music /media/disk/songs

    A song's mood comes from a mood tag in the file, from listeners' labels in the catalog, or
    else from its sound and its lyrics, in its tags or in an .lrc or .txt file next to it. Songs
    are in the library as soon as their tags are read; their sound is read afterwards. Links are
    not followed; hidden files and recycle bins are skipped. No file is changed. After Ctrl-C or
    a kill, run the same command to continue.
    """
    if not folders:
        raise click.UsageError(_missing_folder())
    with open_library() as library:
        _scan(library, partial(library.add, folders, workers=workers))
        _listen_after_scan(library, workers, listens)


@click.command()
@click.argument("folders", nargs=-1, type=PATH, metavar="[DIR…]")
@click.option("--all", "force", is_flag=True, help="Also read files that have not changed.")
@WORKERS
@LISTENING
def rescan(
    folders: tuple[Path, ...], force: bool, workers: int | None, listens: bool | None
) -> None:
    """Read new and changed files and remove deleted ones from the library.

    \b
    musicalface library rescan
    musicalface library rescan ~/Music --all     after building a new catalog

    The songs of a missing folder stay in the library: its disk may come back.
    """
    with open_library() as library:
        _scan(library, partial(library.rescan, folders, force=force, workers=workers))
        _listen_after_scan(library, workers, listens)


@click.command()
@WORKERS
@click.option("--on/--off", "setting", default=None, help="Listen after each scan, or not.")
def listen(workers: int | None, setting: bool | None) -> None:
    """Read the moods of songs from their sound: only new and changed files.

    \b
    musicalface library listen
    musicalface library listen --off      add and rescan do not listen any more

    Songs are read in all languages, and without words. mp3, flac, ogg, wav and aiff need the
    extra [audio]; m4a, opus and others need ffmpeg.
    """
    with open_library() as library:
        if setting is not None:
            library.listens = setting
            click.echo(f"Listening after each scan is {'on' if setting else 'off'}.")
        if setting is not False:
            _listen(library, workers)


def _scan(library: Library, run: Callable[..., Sequence[ScanResult]]) -> None:
    try:
        with count_display("files") as step:
            scans = run(progress=step)
    except KeyboardInterrupt:
        click.echo("The files read so far are kept. Run the same command to continue.", err=True)
        raise
    by_path = {folder.path: folder for folder in library.folders()}
    for scan in scans:
        click.echo(library_report.scan_summary(scan, by_path[scan.folder]))
    if not scans:
        click.echo("Your library is empty. Add a folder with musicalface library add DIR.")


def _listen_after_scan(library: Library, workers: int | None, listens: bool | None) -> None:
    """Listens to what is due; only says why not if that is impossible now."""
    if not (library.listens if listens is None else listens) or not library.count_due():
        return
    try:
        _listen(library, workers)
    except (LibraryError, MissingExtraError) as error:
        click.echo(f"Moods were not read from the sound: {error}", err=True)


def _listen(library: Library, workers: int | None) -> None:
    try:
        with progress_bar("songs") as step:
            result = library.listen(workers=workers, progress=step)
    except KeyboardInterrupt:
        click.echo("The songs read so far are kept. Run the same command to continue.", err=True)
        raise
    click.echo(library_report.listening_summary(result))


def _missing_folder() -> str:
    music = user_music_path()
    example = f" For example: musicalface library add {music}" if music.is_dir() else ""
    return f"Name a folder of music.{example}"
