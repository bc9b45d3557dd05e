"""A finished run becomes a model and its card."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from .. import __version__
from ..evaluate.metrics import fit_temperature, report
from ..files import sha256, write_text
from ..models.card import LYRICS_NOT_FOR, LYRICS_NOT_MEASURED, NOT_FOR, NOT_MEASURED, Card, Task
from ..models.loader import open_session
from ..models.probabilities import softmax
from .export import export, fold_temperature
from .fit import Run

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
    export(run.network, example, path, metadata=about.metadata, bits=about.bits)
    inputs, labels = splits[about.calibrate_on]
    temperature = fit_temperature(logits_of(path, inputs), labels)
    fold_temperature(classifier, temperature)
    export(run.network, example, path, metadata=about.metadata, bits=about.bits)
    card = _card(run, path, splits, about, temperature)
    write_text(path.with_suffix(".json"), card.to_json())
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
    not_for, not_measured = _LIMITS[about.task]
    return Card(
        name=run.recipe.network,
        task=about.task,
        network=run.recipe.network,
        labels=about.labels,
        input=about.input,
        data=about.data,
        data_sha256=run.recipe.data_sha256,
        splits={name: len(labels) for name, (_, labels) in splits.items()},
        metrics=measured,
        temperature=round(temperature, 4),
        bits=about.bits,
        epochs=len(run.history),
        best_epoch=run.best.number,
        seed=run.recipe.seed,
        commit=commit(),
        command=about.command,
        sha256=sha256(path),
        bytes=path.stat().st_size,
        licence=about.licence,
        not_for=not_for,
        not_measured=not_measured,
    )


def commit() -> str:
    """The commit of this source, "-dirty" behind it when files differ; else the version."""
    git = [
        "git",
        "-C",
        str(Path(__file__).parent),
        "describe",
        "--always",
        "--dirty",
        "--abbrev=12",
    ]
    try:
        found = subprocess.run(git, capture_output=True, text=True, check=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return f"version {__version__}"
    return found.stdout.strip()


def tensor(array: NDArray[Any]) -> Tensor:
    """The array as a tensor of its own (read-only arrays are copied)."""
    return torch.from_numpy(np.array(array))
