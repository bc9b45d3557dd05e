"""`musicalface songs`."""

from pathlib import Path

import click
from rich.console import Console

from ..mood import Mood
from ..players import open_in_browser
from . import documents, show
from .choosing import Wish, choosing
from .options import song_options
from .streams import print_json


@click.command()
@click.argument("mood", metavar="MOOD")
@song_options
def command(
    mood: str,
    count: int,
    seed: int | None,
    catalog: Path | None,
    toward: str | None,
    open_first: bool,
    as_json: bool,
) -> None:
    """Ten songs for a mood: angry, happy, relaxed or sad.

    None of them was chosen in the last seven days.

    \b
    musicalface songs relaxed
    musicalface songs happy --songs 3 --open
    musicalface songs sad --toward relaxed
    musicalface songs sad --seed 7 --json
    """
    wanted = Mood.parse(mood)
    goal = Mood.parse(toward) if toward else None
    with choosing(Wish(count, seed, catalog, goal)) as choose:
        picks = choose(wanted)
    if as_json:
        print_json(documents.songs_document(wanted, picks))
    else:
        show.songs(wanted, picks, Console(highlight=False), toward=goal)
    if open_first and picks:
        open_in_browser(picks[0].song)
