"""A finished run becomes a model and its card."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..evaluate.metrics import fit_temperature, report
from ..files import sha256, written_aside
from ..models.card import (
    LYRICS_NOT_FOR,
    LYRICS_NOT_MEASURED,
    NOT_FOR,
    NOT_MEASURED,
    Card,
    Head,
    Task,
)
from ..models.loader import open_session
from ..models.probabilities import log_shares, log_softmax, softmax
from .export import export, fold_temperatures
from .fit import Run
from .recipe import Recipe

_LIMITS = {
    "expressions": (NOT_FOR, NOT_MEASURED),
    "lyrics": (LYRICS_NOT_FOR, LYRICS_NOT_MEASURED),
}


Split = tuple[NDArray[Any], NDArray[np.int64]]
"""Inputs as the ONNX file takes them, and labels."""


@dataclass(frozen=True)
class Measured:
    """What one head is measured on, and the class shares (K,) that it learnt from."""

    shares: NDArray[np.float32]
    splits: dict[str, Split]


@dataclass(frozen=True)
class Publication:
    """What the run itself does not know about the model that it leaves."""

    task: Task
    labels: tuple[str, ...]
    input: dict[str, Any]
    metadata: dict[str, str]
    data: str
    command: str
    licence: str
    bits: int
    calibrate_on: str
    learnt_from: int  # examples
    heads: dict[str, Measured]
    prior_free: bool = False
    resting: str | None = None  # the label whose mean log-likelihoods go into the card


def command_line(task: str, data: Path, recipe: Recipe, more: str = "") -> str:
    """What to type to make the same model from the same data."""
    return (
        f"musicalface train {task} --data {data.name}{more} --network {recipe.network} "
        f"--epochs {recipe.epochs} --seed {recipe.seed} --out DIR"
    )


def publish(run: Run, classifier: nn.Linear, example: Tensor, about: Publication) -> Card:
    """Calibrate, export, measure the very file that is left, and write its card beside it.

    The log loss of each head on the split `about.calibrate_on` chooses its temperature,
    which divides the evidence and the prior alike (Guo et al., 2017).
    """
    path = run.folder / f"{run.recipe.network}.onnx"
    with written_aside(path.with_suffix(".json")) as card_aside, written_aside(path) as aside:
        write = partial(
            export, shape=about.input["shape"], metadata=about.metadata, bits=about.bits
        )
        write(run.network, example, aside)
        temperatures = _temperatures(aside, about)
        fold_temperatures(classifier, temperatures)
        write(run.network, example, aside)
        card = _card(run, aside, about, temperatures)
        card_aside.write_text(card.to_json(), encoding="utf-8", newline="\n")
    return card


def _temperatures(path: Path, about: Publication) -> list[float]:
    found = []
    for place, head in enumerate(about.heads.values()):
        inputs, labels = head.splits[about.calibrate_on]
        missing = log_shares(head.shares) if about.prior_free else 0
        found.append(fit_temperature(logits_of(path, inputs)[:, place] + missing, labels))
    return found


def logits_of(path: Path, inputs: NDArray[Any], batch: int = 256) -> NDArray[np.float32]:
    """All logits (N, heads, K) of an ONNX file, computed in batches."""
    session = open_session(path)
    name = session.get_inputs()[0].name
    parts = [
        session.run(None, {name: inputs[start : start + batch]})[0]
        for start in range(0, len(inputs), batch)
    ]
    logits = np.concatenate(parts)
    return logits if logits.ndim == 3 else logits[:, None]


def _head(path: Path, place: int, head: Measured, temperature: float, about: Publication) -> Head:
    prior = _rounded(softmax(log_shares(head.shares) / temperature), 7)
    missing = log_shares(prior) if about.prior_free else 0
    posterior = {
        name: (logits_of(path, inputs)[:, place] + missing, labels)
        for name, (inputs, labels) in head.splits.items()
    }
    metrics = {
        name: report(softmax(logits), labels, about.labels).as_dict()
        for name, (logits, labels) in posterior.items()
    }
    logits, labels = posterior[about.calibrate_on]
    resting = _resting(logits - log_shares(prior), labels, about)
    return Head(prior, round(temperature, 4), metrics, resting)


def _resting(
    evidence: NDArray[np.float32], labels: NDArray[np.int64], about: Publication
) -> tuple[float, ...]:
    """See `Head.resting`."""
    if about.resting is None:
        return ()
    neutral = labels == about.labels.index(about.resting)
    return _rounded(log_softmax(evidence[neutral]).mean(0), 4) if neutral.any() else ()


def _rounded(values: NDArray[np.float32], digits: int) -> tuple[float, ...]:
    return tuple(round(value, digits) for value in values.tolist())


def _card(run: Run, path: Path, about: Publication, temperatures: list[float]) -> Card:
    heads = {
        name: _head(path, place, head, temperatures[place], about)
        for place, (name, head) in enumerate(about.heads.items())
    }
    first = next(iter(about.heads.values()))
    sizes = {name: len(labels) for name, (_, labels) in first.splits.items()}
    not_for, not_measured = _LIMITS[about.task]
    return Card(
        name=run.recipe.network,
        task=about.task,
        network=run.recipe.network,
        labels=about.labels,
        input=about.input,
        data=about.data,
        data_sha256=run.recipe.data_sha256,
        splits={"Training": about.learnt_from, **sizes},
        heads=heads,
        prior_free=about.prior_free,
        bits=about.bits,
        epochs=len(run.history),
        best_epoch=(run.kept or run.best).number,
        seed=run.recipe.seed,
        commit=run.commit,
        command=about.command,
        sha256=sha256(path),
        bytes=path.stat().st_size,
        licence=about.licence,
        not_for=not_for,
        not_measured=not_measured,
        teachers=run.recipe.teachers,
    )


def tensor(array: NDArray[Any]) -> Tensor:
    """The array as a tensor of its own (read-only arrays are copied)."""
    return torch.from_numpy(np.array(array))
