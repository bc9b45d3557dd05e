"""Train a lyrics network on songs whose mood is known."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from ..errors import DataError
from ..evaluate.labelled_lyrics import (
    Indices,
    LabelledLyrics,
    folds_by_artist,
    read_labelled_lyrics,
    split_of_2018,
)
from ..evaluate.metrics import Report, report
from ..lyrics.words import Vocabulary
from ..models.card import Card
from ..models.probabilities import softmax
from ..mood import MOODS
from .fit import Run, use_cores
from .lstm2018 import LENGTH, LSTM2018, VOCABULARY, optimizer
from .progress import Progress
from .publish import Measured, Publication, Split, command_line, publish, tensor
from .recipe import Examples, Method, Recipe

EPOCHS, BATCH = 40, 128
LICENCE = (
    "Research and personal use. Trained on lyrics with the labels of MoodyLyrics "
    "(Çano & Morisio, 2017); holds common words and no lyrics."
)


def train_lyrics(
    data: Path,
    network: str,
    out: Path,
    *,
    seed: int = 1,
    epochs: int | None = None,
    cores: int | None = None,
) -> Card:
    """Train on the 2018 split, choose the epoch on Validation, leave model and card in `out`.

    `data` is a csv or parquet with artist, title, lyrics and mood. Started again
    with the same arguments it goes on from the last epoch. Raises DataError and
    TrainingError.
    """
    use_cores(cores)
    songs = read_labelled_lyrics(data)
    split = split_of_2018(len(songs.labels), seed)
    _require_songs(data, split.values())
    vocabulary = Vocabulary.fit(songs.take(split["Training"]).texts, VOCABULARY)
    recipe = _recipe(network, songs, seed, epochs)
    run, net = _fitted(songs, split, vocabulary, recipe, out)
    measured = {
        name: _arrays(songs.take(split[name]), vocabulary) for name in ("Validation", "Test")
    }
    example = torch.zeros(2, LENGTH, dtype=torch.int64)
    command = command_line("lyrics", data, recipe)
    learnt = songs.labels[split["Training"]]
    about = _about(data, command, vocabulary, learnt, measured)
    return publish(run, net.classifier, example, about)


def cross_validate(
    data: Path,
    network: str,
    out: Path,
    *,
    folds: int,
    seed: int = 1,
    epochs: int | None = None,
    cores: int | None = None,
) -> list[Report]:
    """Train once for each artist-grouped fold and measure on the fold that was left out.

    The last epoch counts: no epoch is chosen on what is measured.
    """
    use_cores(cores)
    songs = read_labelled_lyrics(data)
    parts = folds_by_artist(songs.artists, folds, seed)
    _require_songs(data, parts)
    recipe = _recipe(network, songs, seed, epochs)
    return [_left_out(songs, parts, number, recipe, out) for number in range(folds)]


def _left_out(
    songs: LabelledLyrics, parts: list[Indices], number: int, recipe: Recipe, out: Path
) -> Report:
    learnt = np.concatenate([part for i, part in enumerate(parts) if i != number])
    training = songs.take(learnt)
    vocabulary = Vocabulary.fit(training.texts, VOCABULARY)
    split = {"Training": learnt, "Validation": parts[number]}
    # A checkpoint of other folds must not pass for one of these.
    recipe = replace(recipe, data_sha256=training.sha256)
    _, net = _fitted(
        songs, split, vocabulary, recipe, out / f"fold{number + 1}of{len(parts)}", last=True
    )
    inputs, labels = _arrays(songs.take(parts[number]), vocabulary)
    with torch.no_grad():
        logits = net(torch.from_numpy(inputs)).numpy()
    return report(softmax(logits), labels, MOODS)


def _fitted(
    songs: LabelledLyrics,
    split: dict[str, Indices],
    vocabulary: Vocabulary,
    recipe: Recipe,
    out: Path,
    *,
    last: bool = False,
) -> tuple[Run, LSTM2018]:
    torch.manual_seed(recipe.seed)
    net = LSTM2018()
    run = Run(net, Method(optimizer), recipe, out)
    training, validation = (
        Examples(*map(tensor, _arrays(songs.take(split[name]), vocabulary)))
        for name in ("Training", "Validation")
    )
    with Progress() as progress:
        run.fit(training, validation, progress, keep="last" if last else "best")
    return run, net


def _require_songs(data: Path, parts: Iterable[Indices]) -> None:
    if any(not len(part) for part in parts):
        raise DataError(f"{data} has too few songs, or artists, to set some of them aside.")


def _recipe(network: str, songs: LabelledLyrics, seed: int, epochs: int | None) -> Recipe:
    return Recipe(network, songs.sha256, epochs or EPOCHS, BATCH, seed)


def _arrays(songs: LabelledLyrics, vocabulary: Vocabulary) -> Split:
    return vocabulary.encode(songs.texts, LENGTH), songs.labels


def _about(
    data: Path,
    command: str,
    vocabulary: Vocabulary,
    learnt: NDArray[np.int64],
    measured: dict[str, Split],
) -> Publication:
    shares = (np.bincount(learnt, minlength=len(MOODS)) / len(learnt)).astype(np.float32)
    return Publication(
        task="lyrics",
        labels=tuple(MOODS),
        input={"shape": ["n", LENGTH], "dtype": "int64", "words": len(vocabulary.words)},
        metadata={"vocabulary": str(vocabulary), "length": str(LENGTH)},
        data=data.name,
        command=command,
        licence=LICENCE,
        bits=32,
        calibrate_on="Validation",
        learnt_from=len(learnt),
        heads={"moodylyrics": Measured(shares, measured)},
    )
