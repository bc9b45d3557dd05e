"""`musicalface evaluate face`: measures an expression model on tables or photos."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import click

from ..errors import DataError, InputError
from ..evaluate.face_crops import extract_faces
from ..evaluate.face_dataset import read_labelled_faces
from ..evaluate.face_evaluation import evaluate_faces
from ..evaluate.face_folders import list_labelled_photos
from ..evaluate.labelled_faces import WHOLE, LabelledFaces, known_split
from ..evaluate.metrics import Report
from ..evaluate.plots import plot as write_plot
from ..evaluate.plots import require_plots
from ..face.expression_classifier import load_expression_model
from ..face.prior import PRIORS, Prior
from .metrics_report import print_reports
from .options import DATA, MODEL, PATH, SPLIT, default_prior, test_splits
from .options import as_json as json_option
from .progress_bars import progress_bar, spinner


@dataclass(frozen=True)
class _Split:
    """The faces of a split, and the number of unreadable photos by reason."""

    faces: LabelledFaces
    unread: Mapping[str, int] = field(default_factory=dict)


@click.command("face")
@DATA
@click.option("--votes", type=PATH, metavar="FILE", help="Microsoft's fer2013new.csv (FER+).")
@SPLIT
@MODEL
@click.option(
    "--head",
    metavar="NAME",
    help="The model's head: fer2013 or people. Default: fer2013; with --detect, that of `look`.",
)
@click.option(
    "--prior", type=click.Choice(PRIORS), help="Default: none; with --detect, that of `look`."
)
@click.option("--detect", is_flag=True, help="The data are uncropped photos: find the faces first.")
@click.option("--views", is_flag=True, help="Average over ten views of each face.")
@click.option("--plot", type=PATH, metavar="DIR", help="Also write a plot of each split to DIR.")
@json_option
def command(
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

    The data are Kaggle's fer2013.csv, an .npz of arrays, or pictures in folders
    SPLIT/CLASS or CLASS. The head fer2013 is measured by the data's labels. The head
    people is measured, if there are votes, on the faces that more than half of the
    taggers agree on. The prior camera has the shares of expressions of people at a
    camera, balanced has equal shares, none has the shares of the training data.

    \b
    musicalface evaluate face --data fer2013.csv
    musicalface evaluate face --data fer2013.csv --votes fer2013new.csv --head people
    musicalface evaluate face --data photos/ --detect --prior camera --plot plots/
    """
    if detect and votes:
        raise click.UsageError("--votes is for a table of faces and --detect for photos. Use one.")
    head = _head_name(model, head, detect)
    _check_plot_folder(plot)
    parts = _detected_splits(data, split, model) if detect else _labelled_splits(data, votes, split)
    chosen_prior = prior or (default_prior() if detect else "none")
    measure = partial(evaluate_faces, model=model, head=head, prior=chosen_prior, views=views)
    with progress_bar("faces") as step:
        reports = {name: measure(part.faces, progress=step) for name, part in parts.items()}
    unread = {name: part.unread for name, part in parts.items()} if detect else {}
    print_reports(reports, as_json, unread)
    if plot:
        _write_plots(reports, f"{data.name}, {{}}: head {head}, prior {chosen_prior}", plot)


def _head_name(model: str | None, head: str | None, detect: bool) -> str:
    """The name of the given head, or the default: the last one with `detect`, else the first."""
    network = load_expression_model(model)
    network.head(head)
    return head or list(network.card.heads)[-1 if detect else 0]


def _check_plot_folder(folder: Path | None) -> None:
    """Checks the plot folder before the measurement, which takes long."""
    if folder is None:
        return
    require_plots()
    if folder.exists() and not folder.is_dir():
        raise InputError(f"--plot needs a folder, and {folder} isn't one. Choose another path.")


def _labelled_splits(data: Path, votes: Path | None, split: str | None) -> dict[str, _Split]:
    with spinner(f"reading {data.name}"):
        faces = read_labelled_faces(data, votes)
    if faces.split_names == [WHOLE] and not data.is_dir():
        click.echo(f"{data} has no column Usage: all its faces are one split.", err=True)
    names = test_splits(faces.split_names) if split is None else [known_split(split)]
    return {name: _Split(faces.split(name)) for name in names}


def _detected_splits(data: Path, split: str | None, model: str | None) -> dict[str, _Split]:
    if not data.is_dir():
        raise DataError(f"--detect needs a folder of photos, and {data} isn't a folder.")
    pictures, side = list_labelled_photos(data), load_expression_model(model).side
    known = list(dict.fromkeys(picture.split for picture in pictures))
    if split is not None and known_split(split) not in known:
        raise DataError(f"{data} has no split '{split}'. Choose one of {', '.join(known)}.")
    parts = {}
    for name in test_splits(known) if split is None else [known_split(split)]:
        with progress_bar("photos") as step:
            found = extract_faces([p for p in pictures if p.split == name], side, step)
        parts[name] = _Split(found.faces, found.unread)
    return parts


def _write_plots(reports: Mapping[str, Report], title: str, folder: Path) -> None:
    try:
        for name, report in reports.items():
            write_plot(report, title.format(name), folder / f"{name}.svg")
    except OSError as error:
        raise InputError(
            f"Can't write plots to {folder} ({error.strerror}). Choose another folder."
        ) from None
