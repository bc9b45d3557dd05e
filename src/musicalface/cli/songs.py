"""`musicalface songs`."""

import click
from rich.console import Console

from ..dj import choosing
from ..mood import Mood
from . import documents, show
from .sound import sound, spotify_of_person
from .streams import print_json
from .wish import Wish, song_options


@click.command()
@click.argument("mood", metavar="MOOD")
@song_options
def command(mood: str, wish: Wish) -> None:
    """Ten songs for a mood: angry, happy, relaxed or sad.

    None of them was chosen in the last seven days.

    \b
    musicalface songs relaxed
    musicalface songs happy --play browser
    musicalface songs happy --play spotify --mine
    musicalface songs sad --toward relaxed --playlist "Slowly better"
    musicalface songs sad --seed 7 --json
    """
    wanted = Mood.parse(mood)
    with spotify_of_person() as spotify:
        with choosing(wish.songs, spotify) as choose:
            picks = choose(wanted)
        if wish.as_json:
            print_json(documents.songs_document(wanted, picks))
        else:
            show.songs(wanted, picks, Console(highlight=False), toward=wish.toward)
        title = show.heading(wanted, picks, wish.toward)
        sound(title, [pick.song for pick in picks], wish, spotify)
