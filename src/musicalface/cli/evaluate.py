"""`musicalface evaluate`."""

from pathlib import Path

import click

from ..errors import DataError
from ..evaluate.labelled_lyrics import LabelledLyrics, read_labelled_lyrics, split_of_2018
from ..evaluate.lyrics import evaluate_lyrics
from ..models import load
from .evaluate_face import command as face
from .figures import print_reports, surest_lines
from .options import MODEL, SPLIT, labelled, without_training
from .options import as_json as json_option
from .progress import counted

_ALL = "all"


@click.group()
def command() -> None:
    """Measure a model on labelled data.

    \b
    musicalface evaluate face --data fer2013.csv
    musicalface evaluate face --data fer2013.csv --split PublicTest --model cnn2018 --json
    musicalface evaluate face --data photos/ --detect
    musicalface evaluate lyrics --data moodylyrics.csv --model lstm2018 --split Validation
    musicalface evaluate lyrics --data my_labels.csv
    """


command.add_command(face)


@command.command()
@labelled
@SPLIT
@MODEL
@json_option
def lyrics(data: Path, split: str | None, model: str | None, as_json: bool) -> None:
    """Measure a lyrics model on a csv or parquet with artist, title, lyrics and mood.

    On the table that lstm2018 was trained on, its splits are Training, Validation and
    Test, as its card's seed made them. Other data have one split, all; songs that
    orpheus learnt from (its card names the tables) are among it.
    """
    network = load(model, "lyrics")
    songs = read_labelled_lyrics(data)
    trained_on_it = network.card.data_sha256 == songs.sha256
    splits = _splits_of(songs, network.card.seed if trained_on_it else None)
    if split is not None and split not in splits:
        raise DataError(f"{data} has no split '{split}': it has {', '.join(splits)}.")
    names = without_training(list(splits)) if split is None else [split]
    chosen = {name: splits[name] for name in names}
    with counted("songs") as step:
        trials = [evaluate_lyrics(name, part, model, step) for name, part in chosen.items()]
    if as_json:
        print_reports({trial.name: trial.report for trial in trials}, as_json)
        return
    for trial in trials:
        print_reports({trial.name: trial.report}, as_json)
        click.echo("\n".join(surest_lines(trial)))


def _splits_of(songs: LabelledLyrics, seed: int | None) -> dict[str, LabelledLyrics]:
    if seed is None:
        return {_ALL: songs}
    splits = split_of_2018(len(songs.labels), seed)
    return {name: songs.take(indices) for name, indices in splits.items()}
