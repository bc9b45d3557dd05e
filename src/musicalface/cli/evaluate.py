"""`musicalface evaluate`."""

from pathlib import Path

import click

from ..errors import DataError
from ..evaluate.face import evaluate_faces
from ..evaluate.labelled_faces import read_labelled_faces
from ..evaluate.labelled_lyrics import LabelledLyrics, read_labelled_lyrics, split_of_2018
from ..evaluate.lyrics import evaluate_lyrics
from ..evaluate.metrics import Report
from ..models import load
from .figures import recall_lines, split_line
from .options import as_json as json_option
from .progress import counted, working
from .streams import print_json

_ALL = "all"
_LEARNT_FROM = "Training"
_data = click.option("--data", type=click.Path(path_type=Path), required=True)
_split = click.option("--split", metavar="NAME", help="One split only. Default: all but Training.")


@click.group()
def command() -> None:
    """Measure a model on labelled data.

    \b
    musicalface evaluate face --data fer2013.csv
    musicalface evaluate face --data fer2013.csv --split PublicTest --model cnn2018 --json
    musicalface evaluate lyrics --data moodylyrics.csv --split Validation
    """


@command.command()
@_data
@_split
@click.option("--model", metavar="NAME|PATH", help="A shipped model's name, or an .onnx file.")
@json_option
def face(data: Path, split: str | None, model: str | None, as_json: bool) -> None:
    """Measure an expression model on Kaggle's fer2013.csv or on folders SPLIT/CLASS."""
    load(model, "expressions")
    with working(f"reading {data.name}"):
        faces = read_labelled_faces(data)
    names = [split] if split else _without_training(faces.split_names)
    chosen = {name: faces.split(name) for name in names}
    with counted("faces") as step:
        reports = {name: evaluate_faces(part, model, step) for name, part in chosen.items()}
    _print(reports, as_json)


@command.command()
@_data
@_split
@click.option("--model", metavar="NAME|PATH", help="A shipped model's name, or an .onnx file.")
@json_option
def lyrics(data: Path, split: str | None, model: str | None, as_json: bool) -> None:
    """Measure a lyrics model on a csv or parquet with artist, title, lyrics and mood.

    On the data that the model was trained on, its splits are Training, Validation
    and Test, as its card's seed made them. Other data have one split, all.
    """
    network = load(model, "lyrics")
    songs = read_labelled_lyrics(data)
    trained_on_it = network.card.data_sha256 == songs.sha256
    splits = _splits_of(songs, network.card.seed if trained_on_it else None)
    if split and split not in splits:
        raise DataError(f"{data} has no split '{split}': it has {', '.join(splits)}.")
    names = [split] if split else _without_training(list(splits))
    chosen = {name: splits[name] for name in names}
    with counted("songs") as step:
        reports = {name: evaluate_lyrics(part, model, step) for name, part in chosen.items()}
    _print(reports, as_json)


def _splits_of(songs: LabelledLyrics, seed: int | None) -> dict[str, LabelledLyrics]:
    if seed is None:
        return {_ALL: songs}
    splits = split_of_2018(len(songs.labels), seed)
    return {name: songs.take(indices) for name, indices in splits.items()}


def _without_training(names: list[str]) -> list[str]:
    return [name for name in names if name != _LEARNT_FROM] or names


def _print(reports: dict[str, Report], as_json: bool) -> None:
    splits = {name: report.as_dict() for name, report in reports.items()}
    if as_json:
        print_json({"splits": splits})
        return
    for name, figures in splits.items():
        click.echo(split_line(name, figures))
        click.echo(recall_lines(figures))
