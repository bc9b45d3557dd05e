"""`musicalface evaluate`."""

from functools import partial
from pathlib import Path
from typing import Any

import click

from ..errors import DataError
from ..evaluate.face import evaluate_faces
from ..evaluate.labelled_faces import LabelledFaces, read_labelled_faces
from ..evaluate.labelled_lyrics import LabelledLyrics, read_labelled_lyrics, split_of_2018
from ..evaluate.lyrics import evaluate_lyrics
from ..evaluate.metrics import Report
from ..evaluate.photos import found_faces
from ..evaluate.plots import plot as write_plot
from ..evaluate.plots import require_plots
from ..face.prior import PRIORS, Prior
from ..face.read import expression_model
from ..models import load
from .figures import recall_lines, split_line
from .options import as_json as json_option
from .progress import counted, working
from .streams import print_json

_ALL = "all"
_LEARNT_FROM = "Training"
_path = click.Path(path_type=Path)
_data = click.option("--data", type=_path, required=True)
_model = click.option("--model", metavar="NAME|PATH", help="A shipped name, or an .onnx file.")
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
@click.option("--votes", type=_path, help="Microsoft's fer2013new.csv: what ten taggers saw.")
@_split
@_model
@click.option("--head", metavar="NAME", help="fer2013 or people. Default: the first of the model.")
@click.option("--prior", type=click.Choice(PRIORS), help="Default: none; with --detect, camera.")
@click.option("--detect", is_flag=True, help="Photos that nobody cropped: find the faces first.")
@click.option("--views", is_flag=True, help="Average over ten views of each face.")
@click.option("--plot", type=_path, metavar="DIR", help="Also write a plot for each split there.")
@json_option
def face(
    data: Path,
    votes: Path | None,
    split: str | None,
    model: str | None,
    head: str | None,
    prior: Prior | None,
    detect: bool,
    views: bool,
    plot: Path | None,
    as_json: bool,
) -> None:
    """Measure an expression model on labelled faces.

    The data are Kaggle's fer2013.csv, an .npz of arrays, or folders SPLIT/CLASS or
    CLASS of pictures. The head fer2013 is measured by the data's labels; the head
    people, where votes are known, by the faces that more than half of the taggers
    agree on.

    \b
    musicalface evaluate face --data fer2013.csv
    musicalface evaluate face --data fer2013.csv --votes fer2013new.csv --head people
    musicalface evaluate face --data photos/ --detect --prior camera --plot plots/
    """
    head = _head(model, head, detect)
    if plot:
        require_plots()
    faces, unread = _faces(data, votes, detect)
    chosen = {name: faces.split(name) for name in _names(faces, split)}
    measure = partial(
        evaluate_faces,
        model=model,
        head=head,
        prior=prior or ("camera" if detect else "none"),
        views=views,
    )
    with counted("faces") as step:
        reports = {name: measure(part, progress=step) for name, part in chosen.items()}
    for name, report in reports.items() if plot else ():
        write_plot(report, f"{data.name}, {name}: head {head}", Path(plot or "") / f"{name}.svg")
    _print(reports, as_json, {"unread": unread} if detect else {})


def _head(model: str | None, head: str | None, detect: bool) -> str:
    """The head by name: the one asked for; else what the program reads of photos, or the first."""
    network = expression_model(model)
    network.head(head)
    return head or list(network.card.heads)[-1 if detect else 0]


def _faces(data: Path, votes: Path | None, detect: bool) -> tuple[LabelledFaces, dict[str, int]]:
    if not detect:
        with working(f"reading {data.name}"):
            return read_labelled_faces(data, votes), {}
    if not data.is_dir():
        raise DataError(f"--detect needs folders of photos, and {data} is none.")
    with counted("photos") as step:
        found = found_faces(data, step)
    return found.faces, found.unread


def _names(faces: LabelledFaces, split: str | None) -> list[str]:
    return [split] if split else _without_training(faces.split_names)


@command.command()
@_data
@_split
@_model
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


def _print(reports: dict[str, Report], as_json: bool, more: dict[str, Any] | None = None) -> None:
    if as_json:
        splits = {name: report.as_dict() for name, report in reports.items()}
        print_json({"splits": splits, **(more or {})})
        return
    for name, report in reports.items():
        click.echo(split_line(name, report.as_dict()))
        click.echo(recall_lines(report))
    for reason, count in (more or {}).get("unread", {}).items():
        click.echo(f"not read: {count} photos, {reason}")
