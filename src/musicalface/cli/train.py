"""`musicalface train`."""

from importlib.util import find_spec
from pathlib import Path

import click

from ..errors import MissingExtraError
from .figures import card_lines, fold_lines
from .options import PATH

_LARGEST_SEED = 2**31 - 1
_NETWORKS = {"face": ("cnn2018", "compact", "janus"), "lyrics": ("lstm2018",)}


@click.group()
def command() -> None:
    """Train a model on labelled data; needs the extra [train].

    Every epoch is saved: the same command goes on where a stopped one left off.

    \b
    musicalface train face --data fer2013.csv --network cnn2018 --out training/cnn2018
    musicalface train lyrics --data moodylyrics.csv --network lstm2018 --out training/lstm2018
    """


def _options(task: str, data: str) -> "list[click.Parameter]":
    names = click.Choice(_NETWORKS[task])
    return [
        click.Option(["--data"], type=PATH, required=True, help=data),
        click.Option(["--network"], type=names, default=names.choices[0], show_default=True),
        click.Option(["--out"], type=PATH, required=True, help="Folder for model and checkpoint."),
        click.Option(
            ["--seed"],
            type=click.IntRange(0, _LARGEST_SEED),
            default=1,
            show_default=True,
            help="Fixes the run.",
        ),
        click.Option(["--epochs"], type=click.IntRange(1), help="Default: the network's own."),
        click.Option(["--cores"], type=click.IntRange(1), help="Default: all."),
    ]


_FOLDS = click.Option(
    ["--folds"],
    type=click.IntRange(2),
    help="Measure by artist-grouped cross-validation instead, and leave no model.",
)


_VOTES = click.Option(["--votes"], type=PATH, help="Microsoft's fer2013new.csv (FER+).")
_TEACHER = click.Option(
    ["--teacher", "teachers"],
    type=PATH,
    multiple=True,
    help="An .onnx file whose readings janus learns too; may be given again.",
)


def _face(
    data: Path,
    network: str,
    out: Path,
    seed: int,
    epochs: int | None,
    cores: int | None,
    votes: Path | None,
    teachers: tuple[Path, ...],
) -> None:
    _require_torch()
    from ..train.face import train_face

    card = train_face(
        data,
        network,
        out,
        votes=votes,
        teachers=teachers,
        seed=seed,
        epochs=epochs,
        cores=cores,
    )
    click.echo(card_lines(card))


def _lyrics(
    data: Path,
    network: str,
    out: Path,
    seed: int,
    epochs: int | None,
    cores: int | None,
    folds: int | None,
) -> None:
    _require_torch()
    from ..train.lyrics import cross_validate, train_lyrics

    if folds:
        reports = cross_validate(
            data, network, out, folds=folds, seed=seed, epochs=epochs, cores=cores
        )
        click.echo(fold_lines(reports))
    else:
        card = train_lyrics(data, network, out, seed=seed, epochs=epochs, cores=cores)
        click.echo(card_lines(card))


def _require_torch() -> None:
    if not find_spec("torch"):
        raise MissingExtraError("Training", "train")


command.add_command(
    click.Command(
        "face",
        callback=_face,
        params=[
            *_options("face", "Kaggle's fer2013.csv, an .npz, or folders SPLIT/CLASS."),
            _VOTES,
            _TEACHER,
        ],
        help="Train an expression network.",
    )
)
command.add_command(
    click.Command(
        "lyrics",
        callback=_lyrics,
        params=[*_options("lyrics", "A csv or parquet with artist, title, lyrics, mood."), _FOLDS],
        help="Train a lyrics network.",
    )
)
