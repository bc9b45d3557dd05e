"""Options of `look` and `songs`: which songs to pick, and how to play them."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from .. import selection
from ..errors import InputError
from ..mood import Mood
from .options import PATH, as_json

Command = TypeVar("Command", bound=Callable[..., Any])
MOST_SONGS = 100
PLAYERS = ("spotify", "browser", "local")
_LISTS = (".m3u8", ".m3u", ".csv")


@dataclass(frozen=True)
class SongOptions:
    """Which songs to pick, how to play them, and the output format."""

    count: int
    seed: int | None
    catalog: Path | None
    toward: Mood | None
    mine: bool
    play: str  # one of PLAYERS, or empty: don't play
    device: str
    playlist: str
    save: Path | None
    open_first: bool
    as_json: bool

    @property
    def is_local(self) -> bool:
        """True if the songs come from the user's own library."""
        return self.play == "local"

    @property
    def is_of_spotify(self) -> bool:
        """True if every song must be available on Spotify."""
        return self.play == "spotify" or bool(self.playlist)

    @property
    def request(self) -> selection.SongRequest:
        """The request for the song selection."""
        return selection.SongRequest(
            self.count,
            self.seed,
            self.catalog,
            self.toward,
            self.mine,
            self.is_local,
            spotify_only=self.is_of_spotify,
        )


_OPTIONS = [
    click.option(
        "--songs",
        "count",
        type=click.IntRange(1, MOST_SONGS),
        default=10,
        show_default=True,
        metavar="N",
        help="Number of songs.",
    ),
    click.option(
        "--seed", type=int, metavar="N", help="Repeatable choice: same number, same songs."
    ),
    click.option(
        "--catalog",
        type=PATH,
        metavar="FILE",
        help="Another catalog (see musicalface catalog build).",
    ),
    click.option(
        "--toward",
        type=click.Choice([mood.value for mood in Mood], case_sensitive=False),
        help="Move gradually from one mood to this one.",
    ),
    click.option("--mine", is_flag=True, help="Prefer songs that you like on Spotify."),
    click.option(
        "--play",
        type=click.Choice(PLAYERS),
        help="spotify: your Spotify device; browser: a page with 30-second previews, no account "
        "needed; local: songs from your own library.",
    ),
    click.option(
        "--device",
        default="",
        metavar="NAME",
        help="The Spotify device to play on. With --camera: the camera's number, or list.",
    ),
    click.option(
        "--playlist", default="", metavar="NAME", help="Create a Spotify playlist of the songs."
    ),
    click.option(
        "--save", type=PATH, metavar="FILE", help="Write the songs to a .m3u8, .m3u or .csv file."
    ),
    click.option("--open", "open_first", is_flag=True, help="Open the first song in the browser."),
    as_json,
]


def song_options(command: Command) -> Command:
    """Decorator: adds the options above and passes them to the command as `options`."""

    @wraps(command)
    def with_options(*arguments: Any, **given: Any) -> Any:
        values = {each.name: given.pop(each.name) for each in fields(SongOptions)}
        values["toward"] = Mood.parse(values["toward"]) if values["toward"] else None
        values["play"] = values["play"] or ""
        parsed = SongOptions(**values)
        _check(parsed, takes_camera=bool(given.get("camera")))
        return command(*arguments, options=parsed, **given)

    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options  # type: ignore[return-value]


def _check(parsed: SongOptions, takes_camera: bool) -> None:
    if parsed.device and parsed.play != "spotify" and not takes_camera:
        raise click.UsageError("--device needs --play spotify, or --camera.")
    if parsed.is_local and (parsed.playlist or parsed.catalog):
        raise click.UsageError(
            "--play local plays your own files. Remove --playlist and --catalog."
        )
    if parsed.save and parsed.save.suffix.lower() not in _LISTS:
        raise InputError(
            f"--save writes {', '.join(_LISTS)}; {parsed.save} isn't one of those formats."
        )
