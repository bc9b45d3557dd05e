"""`musicalface lyrics`."""

from pathlib import Path

import click
from rich.console import Console

from ..errors import InputError
from ..lyrics import read_lyrics
from ..lyrics.english import FEWEST_WORDS
from ..mood import MoodScores
from . import documents, show
from .options import as_json as json_option
from .streams import print_json, read_stdin

_MOST_BYTES = 4_000_000


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--model", metavar="NAME|PATH", help="Another lyrics model: lstm2018, or an .onnx.")
@json_option
def command(file: str, model: str | None, as_json: bool) -> None:
    """Tell the mood of a song's words: a text file, or - for standard input.

    English only: anything else is not scored.

    \b
    musicalface lyrics song.txt
    musicalface lyrics song.txt --model lstm2018 --json
    """
    moods = read_lyrics([_text(file)], model)[0]
    if as_json:
        print_json(_document(file, moods))
    elif moods:
        console = Console(highlight=False)
        console.print(show.mood_bars(moods, console))
        console.print(show.verdict(moods, verb="reads as"))
    else:
        click.echo(f"not scored: only English words are, and at least {FEWEST_WORDS} of them.")


def _text(file: str) -> str:
    content = read_stdin(_MOST_BYTES + 1) if file == "-" else _content(file)
    if len(content) > _MOST_BYTES:
        raise InputError(
            f"{file} is too long for a song: {_MOST_BYTES // 1_000_000} MB is the most."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{file} is no text in UTF-8.") from None


def _content(file: str) -> bytes:
    try:
        with Path(file).open("rb") as source:
            return source.read(_MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error.strerror}).") from None


def _document(file: str, moods: MoodScores | None) -> dict[str, object]:
    read = (
        documents.moods_document(moods) if moods else {"moods": None, "mood": None, "sure": False}
    )
    return {"path": file, "scored": moods is not None, **read}
