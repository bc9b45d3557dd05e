"""Trains the 2018 lyrics network on songs with a mood label."""

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
from ..lyrics.vocabulary import Vocabulary
from ..models.model_card import Card
from ..models.probabilities import softmax
from ..mood import MOODS
from .config import Examples, TrainingConfig, TrainingMethod
from .model_publishing import HeadData, ModelFacts, Split, command_line, publish, tensor
from .networks.lstm2018 import LENGTH, LSTM2018, VOCABULARY, optimizer
from .training_loop import TrainingRun, set_torch_threads
from .training_progress import Progress

EPOCHS, BATCH = 40, 128
LICENCE = (
    "Research and personal use. Trained on lyrics with the labels of MoodyLyrics "
    "(Çano & Morisio, 2017). The file contains common words but no lyrics."
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
    """Trains on the 2018 split and writes the model and its card to `out`.

    Chooses the epoch on Validation. `data` is a csv or parquet with artist, title, lyrics
    and mood. A second call with the same arguments resumes after the last epoch. Raises
    DataError and TrainingError.
    """
    set_torch_threads(cores)
    songs = read_labelled_lyrics(data)
    split = split_of_2018(len(songs.labels), seed)
    _require_songs(data, split.values())
    vocabulary = Vocabulary.fit(songs.take(split["Training"]).texts, VOCABULARY)
    config = _config(network, songs, seed, epochs)
    run, net = _train(songs, split, vocabulary, config, out)
    measured = {
        name: _arrays(songs.take(split[name]), vocabulary) for name in ("Validation", "Test")
    }
    example = torch.zeros(2, LENGTH, dtype=torch.int64)
    command = command_line("lyrics", data, config)
    training_indices = songs.labels[split["Training"]]
    facts = _model_facts(data, command, vocabulary, training_indices, measured)
    return publish(run, net.classifier, example, facts)


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
    """Trains once per artist-grouped fold and evaluates on the held-out fold.

    Keeps the last epoch, so that no epoch is chosen on the evaluation data. Raises
    DataError and TrainingError.
    """
    set_torch_threads(cores)
    songs = read_labelled_lyrics(data)
    parts = folds_by_artist(songs.artists, folds, seed)
    _require_songs(data, parts)
    config = _config(network, songs, seed, epochs)
    return [_evaluate_fold(songs, parts, number, config, out) for number in range(folds)]


def _evaluate_fold(
    songs: LabelledLyrics, parts: list[Indices], number: int, config: TrainingConfig, out: Path
) -> Report:
    training_indices = np.concatenate([part for i, part in enumerate(parts) if i != number])
    training = songs.take(training_indices)
    vocabulary = Vocabulary.fit(training.texts, VOCABULARY)
    split = {"Training": training_indices, "Validation": parts[number]}
    # A checkpoint of another fold must not be resumed.
    config = replace(config, data_sha256=training.sha256)
    _, net = _train(
        songs, split, vocabulary, config, out / f"fold{number + 1}of{len(parts)}", last=True
    )
    inputs, labels = _arrays(songs.take(parts[number]), vocabulary)
    with torch.no_grad():
        logits = net(torch.from_numpy(inputs)).numpy()
    return report(softmax(logits), labels, MOODS)


def _train(
    songs: LabelledLyrics,
    split: dict[str, Indices],
    vocabulary: Vocabulary,
    config: TrainingConfig,
    out: Path,
    *,
    last: bool = False,
) -> tuple[TrainingRun, LSTM2018]:
    torch.manual_seed(config.seed)
    net = LSTM2018()
    run = TrainingRun(net, TrainingMethod(optimizer), config, out)
    training, validation = (
        Examples(*map(tensor, _arrays(songs.take(split[name]), vocabulary)))
        for name in ("Training", "Validation")
    )
    with Progress() as progress:
        run.fit(training, validation, progress, keep="last" if last else "best")
    return run, net


def _require_songs(data: Path, parts: Iterable[Indices]) -> None:
    if any(not len(part) for part in parts):
        raise DataError(f"{data} has too few songs or artists to hold some out. Add more songs.")


def _config(network: str, songs: LabelledLyrics, seed: int, epochs: int | None) -> TrainingConfig:
    return TrainingConfig(network, songs.sha256, epochs or EPOCHS, BATCH, seed)


def _arrays(songs: LabelledLyrics, vocabulary: Vocabulary) -> Split:
    return vocabulary.encode(songs.texts, LENGTH), songs.labels


def _model_facts(
    data: Path,
    command: str,
    vocabulary: Vocabulary,
    training_indices: NDArray[np.int64],
    measured: dict[str, Split],
) -> ModelFacts:
    shares = (np.bincount(training_indices, minlength=len(MOODS)) / len(training_indices)).astype(
        np.float32
    )
    return ModelFacts(
        task="lyrics",
        labels=tuple(MOODS),
        input={"shape": ["n", LENGTH], "dtype": "int64", "words": len(vocabulary.words)},
        metadata={"vocabulary": str(vocabulary), "length": str(LENGTH)},
        data=data.name,
        command=command,
        licence=LICENCE,
        bits=32,
        training_size=len(training_indices),
        heads={"moodylyrics": HeadData(shares, measured, "Validation")},
    )
