"""`musicalface train audio`."""

from importlib.util import find_spec
from pathlib import Path

import click

from ..errors import MissingExtraError
from .audio import WORKERS
from .metrics_report import card_lines
from .options import PATH
from .progress_bars import progress_bar


@click.command("audio")
@click.option("--data", type=PATH, required=True, help="A folder of MOOD/ARTIST_TITLE.EXT.")
@click.option("--wheel", type=PATH, help="Wheel of musicnn. Default: the shipped network.")
@click.option("--out", type=PATH, required=True, help="Folder for model and features.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True)
@click.option("--folds", type=click.IntRange(2), default=5, show_default=True)
@WORKERS
def command(
    data: Path, wheel: Path | None, out: Path, seed: int, folds: int, workers: int | None
) -> None:
    """Train the last layer of an audio model on your own clips.

    Figures and temperature come from folds of artists: a model is measured on artists that it
    was not trained on. The features of each clip are kept in OUT, so a second training takes
    seconds.
    """
    if not find_spec("torch") or not find_spec("sklearn"):
        raise MissingExtraError("Training", "train")
    from ..train.audio_training import train_audio

    with progress_bar("files") as step:
        card = train_audio(
            data, out, wheel=wheel, seed=seed, folds=folds, workers=workers, progress=step
        )
    click.echo(card_lines(card))
