"""`musicalface evaluate face`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import click

from ..errors import DataError, InputError
from ..evaluate.face import evaluate_faces
from ..evaluate.face_folders import pictures_in_folders
from ..evaluate.labelled_faces import LabelledFaces, read_labelled_faces
from ..evaluate.metrics import Report
from ..evaluate.photos import found_faces
from ..evaluate.plots import plot as write_plot
from ..evaluate.plots import require_plots
from ..face.prior import PRIORS, Prior
from ..face.read import expression_model
from .figures import print_reports
from .options import MODEL, PATH, SPLIT, labelled, situation, without_training
from .options import as_json as json_option
from .progress import counted, working


@dataclass(frozen=True)
class _Part:
    """The faces of a split, and of its photos those whose face could not be read."""

    faces: LabelledFaces
    unread: Mapping[str, int] = field(default_factory=dict)


@click.command("face")
@labelled
@click.option("--votes", type=PATH, metavar="FILE", help="Microsoft's fer2013new.csv (FER+).")
@SPLIT
@MODEL
@click.option(
    "--head",
    metavar="NAME",
    help="fer2013 or people. Default: the model's first; with --detect, what `look` reads.",
)
@click.option("--prior", type=click.Choice(PRIORS), help="Default: none; with --detect, as `look`.")
@click.option("--detect", is_flag=True, help="Photos that nobody cropped: find the faces first.")
@click.option("--views", is_flag=True, help="Average over ten views of each face.")
@click.option("--plot", type=PATH, metavar="DIR", help="Also write a plot for each split there.")
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

    The data are Kaggle's fer2013.csv, an .npz of arrays, or folders SPLIT/CLASS or
    CLASS of pictures. The head fer2013 is measured by the data's labels; the head
    people, where votes are known, by the faces that more than half of the taggers
    agree on. Priors: camera expects what a camera sees, balanced each expression
    as often, none the shares that the head learnt from.

    \b
    musicalface evaluate face --data fer2013.csv
    musicalface evaluate face --data fer2013.csv --votes fer2013new.csv --head people
    musicalface evaluate face --data photos/ --detect --prior camera --plot plots/
    """
    if detect and votes:
        raise click.UsageError("--votes belong to a table of faces, and --detect to photos.")
    head = _head(model, head, detect)
    _check_plot(plot)
    parts = _found(data, split) if detect else _labelled(data, votes, split)
    expected = prior or (situation() if detect else "none")
    measure = partial(evaluate_faces, model=model, head=head, prior=expected, views=views)
    with counted("faces") as step:
        reports = {name: measure(part.faces, progress=step) for name, part in parts.items()}
    unread = {name: part.unread for name, part in parts.items()} if detect else {}
    print_reports(reports, as_json, unread)
    if plot:
        _plot(reports, f"{data.name}, {{}}: head {head}, prior {expected}", plot)


def _head(model: str | None, head: str | None, detect: bool) -> str:
    """The head by name: the one asked for; else what the program reads of photos, or the first."""
    network = expression_model(model)
    network.head(head)
    return head or list(network.card.heads)[-1 if detect else 0]


def _check_plot(folder: Path | None) -> None:
    """Before anything is measured."""
    if folder is None:
        return
    require_plots()
    if folder.exists() and not folder.is_dir():
        raise InputError(f"--plot needs a folder, and {folder} is none.")


def _labelled(data: Path, votes: Path | None, split: str | None) -> dict[str, _Part]:
    with working(f"reading {data.name}"):
        faces = read_labelled_faces(data, votes)
    names = without_training(faces.split_names) if split is None else [split]
    return {name: _Part(faces.split(name)) for name in names}


def _found(data: Path, split: str | None) -> dict[str, _Part]:
    if not data.is_dir():
        raise DataError(f"--detect needs folders of photos, and {data} is none.")
    pictures = pictures_in_folders(data)
    known = list(dict.fromkeys(picture.split for picture in pictures))
    if split is not None and split not in known:
        raise DataError(f"{data} has no split '{split}': it has {', '.join(known)}.")
    parts = {}
    for name in without_training(known) if split is None else [split]:
        with counted("photos") as step:
            found = found_faces([p for p in pictures if p.split == name], step)
        parts[name] = _Part(found.faces, found.unread)
    return parts


def _plot(reports: Mapping[str, Report], title: str, folder: Path) -> None:
    try:
        for name, report in reports.items():
            write_plot(report, title.format(name), folder / f"{name}.svg")
    except OSError as error:
        raise InputError(f"No plot can be written to {folder} ({error.strerror}).") from None
