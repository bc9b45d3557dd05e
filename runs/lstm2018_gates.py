"""Trains lstm2018 on many random splits with many seeds, with both kinds of gates.

    python runs/lstm2018_gates.py moodylyrics.parquet OUT.csv [--splits 10] [--seeds 10]

Each split has the sizes of 2018 (1,648 songs to train on, 413 to validate on). OUT.csv gets
a row per training: the validation accuracy of the best and of the last of 40 epochs. Run it
again to resume after the last split. Takes four minutes of one core per split and gates.
"""

import argparse
import csv
from itertools import product
from pathlib import Path
from typing import get_args

import numpy as np
import torch
from rich.progress import Progress
from torch import Tensor, nn
from torch.nn import functional

from musicalface.evaluate.labelled_lyrics import (
    LabelledLyrics,
    read_labelled_lyrics,
    split_of_2018,
)
from musicalface.lyrics.vocabulary import Vocabulary
from musicalface.train.lyrics_training import BATCH, EPOCHS
from musicalface.train.networks.keras_lstm import Gates, last_states, pack
from musicalface.train.networks.lstm2018 import DROPOUT, LENGTH, LSTM2018, VOCABULARY, optimizer

HEADER = ("gates", "split", "seed", "best_epoch", "best", "last")


class Networks(nn.Module):
    """K networks lstm2018 with their own weights, computed together."""

    def __init__(self, seeds: int, gates: Gates) -> None:
        super().__init__()
        self.gates = gates
        states = []
        for seed in range(seeds):
            torch.manual_seed(seed)
            states.append(LSTM2018(gates).state_dict())
        self.weights = nn.ParameterDict(
            {name.replace(".", "_"): torch.stack([s[name] for s in states]) for name in states[0]}
        )
        self.weights["lstm_bias_hh_l0"].requires_grad_(False)

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Logits (K, N, 4) of word numbers (K, N, 600), and the song of each row (K, N)."""
        own = self.weights
        bias = (own["lstm_bias_ih_l0"] + own["lstm_bias_hh_l0"])[:, None]
        table = own["embedding_weight"] @ own["lstm_weight_ih_l0"].mT + bias
        batch, order = pack(words)
        states = last_states(table, own["lstm_weight_hh_l0"], batch, self.gates)
        widened = (states @ own["widen_weight"].mT + own["widen_bias"][:, None]).relu()
        widened = functional.dropout(widened, DROPOUT, self.training)
        return widened @ own["classifier_weight"].mT + own["classifier_bias"][:, None], order


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("data", type=Path)
    asked.add_argument("out", type=Path)
    asked.add_argument("--splits", type=int, default=10)
    asked.add_argument("--seeds", type=int, default=10)
    given = asked.parse_args()
    torch.set_num_threads(1)
    songs = read_labelled_lyrics(given.data)
    if not given.out.exists():
        append(given.out, [HEADER])
    done = {(row["gates"], int(row["split"])) for row in rows_of(given.out)}
    for split, gates in product(range(given.splits), get_args(Gates)):
        if (gates, split) not in done:
            append(given.out, train(songs, split, given.seeds, gates))
    show(rows_of(given.out))


def train(songs: LabelledLyrics, split: int, seeds: int, gates: Gates) -> list[tuple[object, ...]]:
    """Trains all seeds on one split: the rows of OUT.csv."""
    indices = split_of_2018(len(songs.labels), split)
    vocabulary = Vocabulary.fit(songs.take(indices["Training"]).texts, VOCABULARY)
    training, validation = (
        arrays(songs.take(indices[name]), vocabulary) for name in ("Training", "Validation")
    )
    networks = Networks(seeds, gates)
    updates = optimizer(networks)
    generators = [torch.Generator().manual_seed(seed) for seed in range(seeds)]
    history = []
    with Progress() as progress:
        for _ in progress.track(range(EPOCHS), description=f"split {split}, {gates}"):
            run_epoch(networks, updates, training, generators)
            history.append(accuracies(networks, validation, seeds))
    accuracy = np.array(history)
    return [
        (gates, split, seed, int(own.argmax()) + 1, f"{own.max():.4f}", f"{own[-1]:.4f}")
        for seed, own in enumerate(accuracy.T)
    ]


def run_epoch(
    networks: Networks,
    updates: torch.optim.Optimizer,
    training: tuple[Tensor, Tensor],
    generators: list[torch.Generator],
) -> None:
    words, labels = training
    networks.train()
    orders = torch.stack([torch.randperm(len(labels), generator=own) for own in generators])
    for chosen in torch.split(orders, BATCH, 1):
        logits, order = networks(words[chosen])
        truth = labels[chosen.gather(1, order)]
        updates.zero_grad()
        # The sum over networks: each gets the gradient of its own mean.
        loss = functional.cross_entropy(logits.flatten(0, 1), truth.flatten()) * len(chosen)
        loss.backward()  # type: ignore[no-untyped-call]
        updates.step()


@torch.no_grad()
def accuracies(networks: Networks, validation: tuple[Tensor, Tensor], seeds: int) -> list[float]:
    words, labels = validation
    networks.eval()
    logits, order = networks(words.expand(seeds, -1, -1))
    right = (logits.argmax(2) == labels[order]).float().mean(1)
    return [float(share) for share in right]


def arrays(songs: LabelledLyrics, vocabulary: Vocabulary) -> tuple[Tensor, Tensor]:
    words = torch.from_numpy(vocabulary.encode(songs.texts, LENGTH))
    return words, torch.from_numpy(np.array(songs.labels))


def append(path: Path, rows: list[tuple[object, ...]]) -> None:
    with path.open("a", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def show(rows: list[dict[str, str]]) -> None:
    """Prints mean, standard deviation and range, in percent, of the best and the last epoch."""
    for gates, epoch in product(get_args(Gates), ("best", "last")):
        found = 100 * np.array([float(row[epoch]) for row in rows if row["gates"] == gates])
        print(
            f"{gates:<13}{epoch:<5}{len(found):4} trainings: {found.mean():.2f} ± "
            f"{found.std(ddof=1):.2f} %, {found.min():.2f} to {found.max():.2f} %"
        )


if __name__ == "__main__":
    main()
