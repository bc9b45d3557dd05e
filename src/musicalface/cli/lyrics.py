"""`musicalface lyrics`: reads the mood of a text."""

from pathlib import Path

import click
from rich.console import Console

from ..errors import InputError
from ..files import open_file
from ..lyrics import read_lyrics
from ..lyrics.english_detection import MIN_WORDS, is_long_enough, language_of
from ..lyrics.lyrics_cleaning import clean_lyrics
from ..mood import MoodScores
from ..text_decoding import decode_text
from . import json_output, render
from .options import as_json as json_option
from .stdio import print_json, read_stdin

_MOST_BYTES = 4_000_000


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--model", metavar="NAME|PATH", help="Another lyrics model: lstm2018 or an .onnx.")
@json_option
def command(file: str, model: str | None, as_json: bool) -> None:
    """Read the mood of a song's lyrics.

    FILE is a text file, or - for standard input. Only English is scored.

    \b
    musicalface lyrics song.txt
    musicalface lyrics song.txt --model lstm2018 --json
    """
    text = _text(file)
    moods = read_lyrics([text], model)[0]
    if as_json:
        print_json(_document(file, text, moods))
    elif moods:
        console = Console(highlight=False)
        console.print(render.mood_bars(moods, console))
        console.print(render.mood_sentence(moods, verb="reads as"))
    else:
        click.echo(_reason(text))


def _text(file: str) -> str:
    content = read_stdin(_MOST_BYTES + 1) if file == "-" else _content(file)
    if len(content) > _MOST_BYTES:
        raise InputError(
            f"{file} is larger than {_MOST_BYTES // 1_000_000} MB. Choose a file with one song."
        )
    text = decode_text(content)
    if "\0" in text:
        raise InputError(f"{file} isn't text. Choose a file with lyrics.")
    return text


def _reason(text: str) -> str:
    cleaned = clean_lyrics(text)
    language = language_of(cleaned)
    if not is_long_enough(cleaned) or language == "English":
        return f"Not scored: needs at least {MIN_WORDS} English words."
    return f"Not scored: the text seems to be in {language}, and only English is scored."


def _content(file: str) -> bytes:
    try:
        with open_file(Path(file), pipes=True) as source:
            return source.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{file} can't be read ({reason}).") from None


def _document(file: str, text: str, moods: MoodScores | None) -> dict[str, object]:
    read = (
        json_output.moods_document(moods) if moods else {"moods": None, "mood": None, "sure": False}
    )
    language = language_of(clean_lyrics(text))
    return {"path": file, "scored": moods is not None, "language": language, **read}
