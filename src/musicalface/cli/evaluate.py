"""`musicalface evaluate`: measures models on labelled data."""

from pathlib import Path

import click

from ..errors import DataError
from ..evaluate.labelled_lyrics import LabelledLyrics, read_labelled_lyrics, split_of_2018
from ..evaluate.lyrics_evaluation import evaluate_lyrics
from ..models import load
from .evaluate_audio import command as audio
from .evaluate_face import command as face
from .metrics_report import print_reports, top_precision_lines
from .options import DATA, MODEL, SPLIT, test_splits
from .options import as_json as json_option
from .progress_bars import progress_bar

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
    musicalface evaluate audio --data clips/
    """


command.add_command(audio)
command.add_command(face)


@command.command()
@DATA
@SPLIT
@MODEL
@json_option
def lyrics(data: Path, split: str | None, model: str | None, as_json: bool) -> None:
    """Measure a lyrics model on a csv or parquet table with artist, title, lyrics and mood.

    For the table that lstm2018 was trained on, the splits are Training, Validation and
    Test, made with the seed in its card. Other data have one split, all. It can contain
    songs that orpheus was trained on; its card lists the tables.

    \b
    musicalface evaluate lyrics --data my_labels.csv
    musicalface evaluate lyrics --data moodylyrics.csv --model lstm2018 --split Validation
    """
    network = load(model, "lyrics")
    songs = read_labelled_lyrics(data)
    trained_on_it = network.card.data_sha256 == songs.sha256
    splits = _splits_of(songs, network.card.seed if trained_on_it else None)
    if split is not None and split not in splits:
        raise DataError(f"{data} has no split '{split}'. Choose one of {', '.join(splits)}.")
    names = test_splits(list(splits)) if split is None else [split]
    chosen = {name: splits[name] for name in names}
    with progress_bar("songs") as step:
        evaluations = [evaluate_lyrics(name, part, model, step) for name, part in chosen.items()]
    if as_json:
        print_reports({evaluation.name: evaluation.report for evaluation in evaluations}, as_json)
        return
    for evaluation in evaluations:
        print_reports({evaluation.name: evaluation.report}, as_json)
        click.echo("\n".join(top_precision_lines(evaluation)))


def _splits_of(songs: LabelledLyrics, seed: int | None) -> dict[str, LabelledLyrics]:
    if seed is None:
        return {_ALL: songs}
    splits = split_of_2018(len(songs.labels), seed)
    return {name: songs.take(indices) for name, indices in splits.items()}
