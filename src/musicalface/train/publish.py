"""A finished run becomes a model and its card."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..evaluate.metrics import fit_temperature, report
from ..files import sha256, written_aside
from ..models.card import LYRICS_NOT_FOR, LYRICS_NOT_MEASURED, NOT_FOR, NOT_MEASURED, Card, Task
from ..models.loader import open_session
from ..models.probabilities import softmax
from .export import export, fold_temperature
from .fit import Run
from .recipe import Recipe

_LIMITS = {
    "expressions": (NOT_FOR, NOT_MEASURED),
    "lyrics": (LYRICS_NOT_FOR, LYRICS_NOT_MEASURED),
}


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


def command_line(task: str, data: Path, recipe: Recipe) -> str:
    """What to type to make the same model from the same data."""
    return (
        f"musicalface train {task} --data {data.name} --network {recipe.network} "
        f"--epochs {recipe.epochs} --seed {recipe.seed} --out DIR"
    )


Split = tuple[NDArray[Any], NDArray[np.int64]]
"""Inputs as the ONNX file takes them, and labels."""


def publish(
    run: Run, classifier: nn.Linear, example: Tensor, splits: dict[str, Split], about: Publication
) -> Card:
    """Calibrate, export, measure the very file that is left, and write its card beside it.

    `splits` are the labelled data to measure on; `about.calibrate_on` names the one
    whose log loss chooses the temperature.
    """
    path = run.folder / f"{run.recipe.network}.onnx"
    with written_aside(path.with_suffix(".json")) as card_aside, written_aside(path) as aside:
        export(run.network, example, aside, metadata=about.metadata, bits=about.bits)
        inputs, labels = splits[about.calibrate_on]
        temperature = fit_temperature(logits_of(aside, inputs), labels)
        fold_temperature(classifier, temperature)
        export(run.network, example, aside, metadata=about.metadata, bits=about.bits)
        card = _card(run, aside, splits, about, temperature)
        card_aside.write_text(card.to_json(), encoding="utf-8", newline="\n")
    return card


def logits_of(path: Path, inputs: NDArray[Any], batch: int = 256) -> NDArray[np.float32]:
    """All logits (N, K) of an ONNX file, computed in batches."""
    session = open_session(path)
    name = session.get_inputs()[0].name
    parts = [
        session.run(None, {name: inputs[start : start + batch]})[0]
        for start in range(0, len(inputs), batch)
    ]
    return np.concatenate(parts)


def _card(
    run: Run, path: Path, splits: dict[str, Split], about: Publication, temperature: float
) -> Card:
    measured = {
        name: report(softmax(logits_of(path, inputs)), labels, about.labels).as_dict()
        for name, (inputs, labels) in splits.items()
    }
    sizes = {name: len(labels) for name, (_, labels) in splits.items()}
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
        metrics=measured,
        temperature=round(temperature, 4),
        bits=about.bits,
        epochs=len(run.history),
        best_epoch=run.best.number,
        seed=run.recipe.seed,
        commit=run.commit,
        command=about.command,
        sha256=sha256(path),
        bytes=path.stat().st_size,
        licence=about.licence,
        not_for=not_for,
        not_measured=not_measured,
    )


def tensor(array: NDArray[Any]) -> Tensor:
    """The array as a tensor of its own (read-only arrays are copied)."""
    return torch.from_numpy(np.array(array))
