"""`musicalface likes`: songs that you liked in the app."""

from pathlib import Path
from typing import cast

import click

from ..errors import InputError
from ..files import atomic_write, read_bytes
from ..songs import likes
from ..songs.likes_files import LikesFormat, read_likes, write_likes
from .options import PATH
from .stdio import printable

_FORMATS = ("json", "csv")


@click.group()
def command() -> None:
    """List, export and import the songs that you like in the app.

    \b
    musicalface likes list
    musicalface likes export likes.json      or likes.csv
    musicalface likes import likes.json
    musicalface likes clear

    Liked songs are chosen more often, without any account. They stay on this computer.
    """


@command.command("list")
def list_likes() -> None:
    """List the liked songs, newest first."""
    found = likes.load()
    for like in found:
        click.echo(printable(f"{like.artist} - {like.title}"))
    if problem := likes.problem():
        click.echo(problem, err=True)
    elif not found:
        click.echo("No liked songs yet. Press a heart in the app.", err=True)


@command.command()
@click.argument("file", type=PATH, metavar="FILE")
def export(file: Path) -> None:
    """Write the liked songs to a .json or .csv file."""
    form = file.suffix.lower().removeprefix(".")
    if form not in _FORMATS:
        raise InputError(f"{file} isn't a .json or .csv file. Choose a name that ends in one.")
    found = likes.load()
    with atomic_write(file) as temporary:
        temporary.write_bytes(write_likes(found, cast("LikesFormat", form)))
    click.echo(f"{printable(str(file))}: {_count(len(found))}.", err=True)


@command.command("import")
@click.argument("file", type=PATH, metavar="FILE")
def import_likes(file: Path) -> None:
    """Add the songs of a JSON or CSV file with the columns artist and title."""
    before = len(likes.load())
    after = len(likes.add(read_likes(read_bytes(file, likes.MAX_BYTES))))
    click.echo(f"{_count(after - before)} added; you like {_count(after)}.", err=True)


@command.command()
@click.confirmation_option(prompt="Delete all liked songs?")
def clear() -> None:
    """Delete all liked songs from this computer."""
    likes.clear()
    click.echo("Deleted.", err=True)


def _count(number: int) -> str:
    return f"{number:,} {'song' if number == 1 else 'songs'}"
