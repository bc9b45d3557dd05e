"""`musicalface audio`."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console

from ..audio.mood_classifier import Outcome, read_audio_files
from ..errors import AudioError
from . import json_output, render
from .options import PATH
from .options import as_json as json_option
from .stdio import print_json, printable

WORKERS = click.option(
    "--workers", type=click.IntRange(1), help="Worker processes. Default: one per core."
)
_UNREADABLE = 2


@click.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=PATH)
@click.option("--model", metavar="NAME|PATH", help="Another audio model: an .onnx file.")
@WORKERS
@json_option
@click.pass_context
def command(
    context: click.Context,
    files: tuple[Path, ...],
    model: str | None,
    workers: int | None,
    as_json: bool,
) -> None:
    """Read the mood of sound files, in any language and without words.

    mp3, flac, ogg, wav and aiff need the extra [audio]; m4a, opus, wma and others need
    ffmpeg. Prints an error for each file that can't be read; the exit status is then 2.

    \b
    musicalface audio song.mp3
    musicalface audio album/*.flac --json
    """
    documents: list[dict[str, Any]] = []
    failed = False
    for path, outcome in read_audio_files(files, model, workers=workers):
        failed = failed or isinstance(outcome, AudioError)
        if as_json:
            documents.append(_document(path, outcome))
        else:
            _show(path, outcome)
    if as_json:
        print_json({"files": documents})
    if failed:
        context.exit(_UNREADABLE)


def _show(path: Path, outcome: Outcome) -> None:
    if isinstance(outcome, AudioError):
        click.echo(f"musicalface: {printable(str(outcome))}", err=True)
        return
    console = Console(highlight=False)
    console.print(printable(str(path)), style="bold", markup=False, soft_wrap=True)
    console.print(render.mood_bars(outcome, console))
    console.print(render.mood_sentence(outcome, verb="sounds"))


def _document(path: Path, outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, AudioError):
        return {"path": str(path), "error": str(outcome)}
    return {"path": str(path), **json_output.moods_document(outcome)}
