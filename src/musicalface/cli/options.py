"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
MOST_SONGS = 100

as_json = click.option("--json", "as_json", is_flag=True, help="One JSON document, nothing else.")


def song_options(command: Command) -> Command:
    """How many songs, which, from where, and whether to open the first."""
    options = [
        click.option(
            "--songs",
            "count",
            type=click.IntRange(1, MOST_SONGS),
            default=10,
            show_default=True,
            metavar="N",
            help="How many songs.",
        ),
        click.option("--seed", type=int, metavar="N", help="The same songs again."),
        click.option(
            "--catalog",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="A catalog of your own (see musicalface catalog build).",
        ),
        click.option(
            "--open", "open_first", is_flag=True, help="Open the first song in the browser."
        ),
        as_json,
    ]
    for option in reversed(options):
        command = option(command)
    return command
