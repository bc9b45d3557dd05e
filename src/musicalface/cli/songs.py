"""`musicalface songs`: picks songs for a mood."""

import click
from rich.console import Console

from ..mood import Mood
from ..selection import song_selector
from . import json_output, render
from .playback import open_spotify, play_songs
from .song_options import SongOptions, song_options
from .stdio import print_json

HINT = "Add --play browser to hear them, or --play local for your own files."


@click.command()
@click.argument("mood", metavar="MOOD")
@song_options
def command(mood: str, options: SongOptions) -> None:
    """Pick ten songs for a mood: angry, happy, relaxed or sad.

    Songs that were picked in the last seven days are left out (songs that you like: in the last
    day). Songs that you like in the app are picked more often.

    \b
    musicalface songs relaxed
    musicalface songs happy --play browser
    musicalface songs happy --play spotify --mine
    musicalface songs sad --toward relaxed --playlist "Wind down"
    musicalface songs sad --seed 7 --json
    """
    target = Mood.parse(mood)
    with open_spotify() as spotify:
        with song_selector(options.request, spotify) as select:
            picks = select(target)
        if options.as_json:
            print_json(json_output.songs_document(target, picks))
        else:
            console = Console(highlight=False)
            render.print_songs(target, picks, console, toward=options.toward)
            if console.is_terminal and not options.play:
                console.print(HINT, soft_wrap=True)
        title = render.heading(target, picks, options.toward)
        play_songs(title, [pick.song for pick in picks], options, spotify)
