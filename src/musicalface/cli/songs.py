"""`musicalface songs`."""

from pathlib import Path

import click
from rich.console import Console

from ..mood import Mood
from ..players import open_in_browser
from ..songs import choose_songs, open_catalog
from . import documents, show
from .options import song_options
from .streams import print_json


@click.command()
@click.argument("mood", metavar="MOOD")
@song_options
def command(
    mood: str, count: int, seed: int | None, catalog: Path | None, open_first: bool, as_json: bool
) -> None:
    """Ten songs for a mood: angry, happy, relaxed or sad.

    \b
    musicalface songs relaxed
    musicalface songs happy --songs 3 --open
    musicalface songs sad --seed 7 --json
    """
    wanted = Mood.parse(mood)
    with open_catalog(catalog) as songs:
        picks = choose_songs(songs, wanted, count, seed)
    if as_json:
        print_json(documents.songs_document(wanted, picks))
    else:
        show.songs(wanted, picks, Console(highlight=False))
    if open_first and picks:
        open_in_browser(picks[0].song)
