"""`musicalface train`."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from ..errors import MissingExtraError
from .figures import card_lines, fold_lines, trial_lines
from .options import PATH, tables_of

_LARGEST_SEED = 2**31 - 1
_NETWORKS = {"face": ("cnn2018", "compact", "janus"), "lyrics": ("orpheus", "lstm2018")}


@click.group()
def command() -> None:
    """Train a model on labelled data; needs the extra [train].

    Every epoch is saved: the same command goes on where a stopped one left off.

    \b
    musicalface train face --data fer2013.csv --network cnn2018 --out training/cnn2018
    musicalface train lyrics --data tags.csv --data va.csv --out training/orpheus
    musicalface train lyrics --data moodylyrics.csv --network lstm2018 --out training/lstm2018
    """


def _options(task: str, data: click.Option) -> "list[click.Parameter]":
    names = click.Choice(_NETWORKS[task])
    return [
        data,
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
    help="Measure by artist-grouped cross-validation instead of making a model.",
)


_FACES = click.Option(
    ["--data"],
    type=PATH,
    required=True,
    help="Kaggle's fer2013.csv, an .npz, or folders SPLIT/CLASS.",
)
_LABELLED = click.Option(
    ["--data"],
    multiple=True,
    required=True,
    metavar="TABLE[,TABLE…]",
    help="A csv or parquet with artist, title, lyrics and mood (or valence and arousal). Again "
    "for another source; tables with a comma between count as one. lstm2018 takes one table.",
)
_UNLABELLED = click.Option(
    ["--unlabelled"], type=PATH, multiple=True, help="Lyrics without a mood, for orpheus."
)
_EMBEDDINGS = click.Option(
    ["--embeddings"], type=PATH, help="Of all lyrics, by runs/embed_lyrics.py; for orpheus."
)
_LEAVE_ONE_OUT = click.Option(
    ["--leave-one-out"],
    is_flag=True,
    help="Measure each source on what is learnt from the others instead; leaves their models.",
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
    data: tuple[str, ...],
    network: str,
    out: Path,
    seed: int,
    epochs: int | None,
    cores: int | None,
    folds: int | None,
    **listening: Any,
) -> None:
    _require_torch()
    voices = [tables_of(voice) for voice in data]
    if network == "orpheus":
        _orpheus(voices, out, seed, epochs, cores, folds, **listening)
    elif any(listening.values()) or len(voices) > 1 or len(voices[0]) > 1:
        raise click.UsageError(f"{network} learns from one table and its moods alone.")
    else:
        _lstm2018(voices[0][0], network, out, seed, epochs, cores, folds)


def _orpheus(
    voices: list[list[Path]],
    out: Path,
    seed: int,
    epochs: int | None,
    cores: int | None,
    folds: int | None,
    unlabelled: tuple[Path, ...],
    embeddings: Path | None,
    leave_one_out: bool,
) -> None:
    from ..train.studio import Studio

    studio = Studio(voices, unlabelled, embeddings, seed=seed, epochs=epochs, cores=cores)
    if folds and leave_one_out:
        raise click.UsageError("--folds and --leave-one-out are two trials: name one.")
    if folds or leave_one_out:
        trials = studio.by_folds(out, folds) if folds else studio.leave_one_source_out(out)
        for line in trial_lines(trials):
            click.echo(line)
    else:
        click.echo(card_lines(studio.train(out)))


def _lstm2018(
    data: Path,
    network: str,
    out: Path,
    seed: int,
    epochs: int | None,
    cores: int | None,
    folds: int | None,
) -> None:
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
    if not find_spec("torch") or not find_spec("sklearn"):
        raise MissingExtraError("Training", "train")


command.add_command(
    click.Command(
        "face",
        callback=_face,
        params=[
            *_options("face", _FACES),
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
        params=[*_options("lyrics", _LABELLED), _FOLDS, _UNLABELLED, _EMBEDDINGS, _LEAVE_ONE_OUT],
        help="Train a lyrics network.",
    )
)
