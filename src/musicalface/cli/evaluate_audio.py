"""`musicalface evaluate audio`."""

from pathlib import Path

import click

from ..evaluate.audio_evaluation import AudioTrial, evaluate_audio
from ..evaluate.labelled_audio import read_labelled_clips
from .audio import WORKERS
from .metrics_report import recall_lines, split_line
from .options import DATA, MODEL
from .options import as_json as json_option
from .progress_bars import progress_bar
from .stdio import print_json, printable

_ALL = "all"


@click.command("audio")
@DATA
@MODEL
@WORKERS
@json_option
def command(data: Path, model: str | None, workers: int | None, as_json: bool) -> None:
    """Measure an audio model on a folder of MOOD/clips.

    MOOD is angry, happy, relaxed or sad. The figures include clips that the model was trained
    on; train audio gives figures for other artists.
    """
    clips = read_labelled_clips(data)
    with progress_bar("files") as step:
        trial = evaluate_audio(clips, model, workers=workers, progress=step)
    for error in trial.errors:
        click.echo(f"unreadable: {printable(str(error))}", err=True)
    if as_json:
        print_json({"splits": {_ALL: trial.as_dict() | {"unread": len(trial.errors)}}})
    else:
        click.echo(split_line(_ALL, trial.as_dict()))
        click.echo(recall_lines(trial.report))
        click.echo(third_line(trial))


def third_line(trial: AudioTrial) -> str:
    """The precision of the most confident third of each mood."""
    moods = "   ".join(
        f"{mood} {'–' if share is None else format(share, '.2f')}"
        for mood, share in trial.surest.items()
    )
    return f"  right in the surest third   {moods}"
