"""What `look` and `songs` are asked for: which songs, and how they are to sound."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from .. import dj
from ..errors import InputError
from ..mood import Mood
from .options import PATH, as_json

Command = TypeVar("Command", bound=Callable[..., Any])
MOST_SONGS = 100
PLAYERS = ("spotify", "browser", "local")
_LISTS = (".m3u8", ".m3u", ".csv")


@dataclass(frozen=True)
class Wish:
    """Which songs, on what they are to sound, and how they are told."""

    count: int
    seed: int | None
    catalog: Path | None
    toward: Mood | None
    mine: bool
    play: str  # one of PLAYERS, or empty
    device: str
    playlist: str
    save: Path | None
    open_first: bool
    as_json: bool

    @property
    def is_local(self) -> bool:
        """Whether the songs are those of the person's own library."""
        return self.play == "local"

    @property
    def is_of_spotify(self) -> bool:
        """Whether songs that Spotify does not have are of no use."""
        return self.play == "spotify" or bool(self.playlist)

    @property
    def songs(self) -> dj.Wish:
        """Which songs."""
        return dj.Wish(
            self.count,
            self.seed,
            self.catalog,
            self.toward,
            self.mine,
            self.is_local,
            self.play == "browser",
            self.is_of_spotify,
        )


_OPTIONS = [
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
        type=PATH,
        metavar="FILE",
        help="A catalog of your own (see musicalface catalog build).",
    ),
    click.option(
        "--toward",
        type=click.Choice([mood.value for mood in Mood], case_sensitive=False),
        help="Walk from the mood to this one: some that match, some between, some there.",
    ),
    click.option("--mine", is_flag=True, help="Songs that you like on Spotify come first."),
    click.option(
        "--play",
        type=click.Choice(PLAYERS),
        help="spotify: on your Spotify; browser: a page with Spotify's player, without an "
        "account; local: songs of your own library.",
    ),
    click.option("--device", default="", metavar="NAME", help="Which of your Spotify devices."),
    click.option("--playlist", default="", metavar="NAME", help="Make a Spotify playlist of them."),
    click.option("--save", type=PATH, metavar="FILE", help="Write them to a .m3u8 or .csv file."),
    click.option("--open", "open_first", is_flag=True, help="Open the first song in the browser."),
    as_json,
]


def song_options(command: Command) -> Command:
    """The options above, handed to the command as one `wish`."""

    @wraps(command)
    def with_wish(*arguments: Any, **options: Any) -> Any:
        wished = {each.name: options.pop(each.name) for each in fields(Wish)}
        wished["toward"] = Mood.parse(wished["toward"]) if wished["toward"] else None
        wished["play"] = wished["play"] or ""
        wish = Wish(**wished)
        _check(wish)
        return command(*arguments, wish=wish, **options)

    for option in reversed(_OPTIONS):
        with_wish = option(with_wish)
    return with_wish  # type: ignore[return-value]


def _check(wish: Wish) -> None:
    if wish.device and wish.play != "spotify":
        raise click.UsageError("--device goes with --play spotify.")
    if wish.is_local and (wish.playlist or wish.catalog):
        raise click.UsageError("--play local plays your own files: no --playlist, no --catalog.")
    if wish.save and wish.save.suffix.lower() not in _LISTS:
        raise InputError(f"--save writes {', '.join(_LISTS)}, and {wish.save} is none of them.")
