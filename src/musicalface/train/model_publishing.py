"""Writes a finished run as a calibrated ONNX model and its card."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..evaluate.metrics import fit_temperature, report
from ..files import atomic_write, sha256
from ..models.model_card import (
    LYRICS_NOT_FOR,
    LYRICS_NOT_MEASURED,
    NOT_FOR,
    NOT_MEASURED,
    Card,
    Head,
    Task,
)
from ..models.onnx_session import open_session
from ..models.probabilities import log_shares, log_softmax, softmax
from .config import TrainingConfig
from .onnx_export import export_onnx, fold_temperatures
from .training_loop import TrainingRun

_CARD_LIMITS = {
    "expressions": (NOT_FOR, NOT_MEASURED),
    "lyrics": (LYRICS_NOT_FOR, LYRICS_NOT_MEASURED),
}


Split = tuple[NDArray[Any], NDArray[np.int64]]
"""Inputs of the ONNX file, and labels."""


@dataclass(frozen=True)
class HeadData:
    """The evaluation splits of one head, and the class shares (K,) of its training data."""

    shares: NDArray[np.float32]
    splits: dict[str, Split]
    calibrate_on: str


@dataclass(frozen=True)
class ModelFacts:
    """Facts for the model card that the run does not hold."""

    task: Task
    labels: tuple[str, ...]
    input: dict[str, Any]
    metadata: dict[str, str]
    data: str
    command: str
    licence: str
    bits: int
    training_size: int  # examples
    heads: dict[str, HeadData]
    prior_free: bool = False
    resting: str | None = None  # the label whose mean log-likelihoods go into the card


def command_line(task: str, data: Path, config: TrainingConfig, options: str = "") -> str:
    """The command that trains the same model from the same data."""
    return (
        f"musicalface train {task} --data {data.name}{options} --network {config.network} "
        f"--epochs {config.epochs} --seed {config.seed} --out DIR"
    )


def publish(run: TrainingRun, classifier: nn.Linear, example: Tensor, facts: ModelFacts) -> Card:
    """Calibrates and exports the network, evaluates the file, and writes its card.

    Each head's temperature minimizes the log loss on its split `calibrate_on`, and divides
    both the evidence and the prior (Guo et al., 2017).
    """
    path = run.folder / f"{run.config.network}.onnx"
    with atomic_write(path.with_suffix(".json")) as card_aside, atomic_write(path) as temporary:
        write = partial(
            export_onnx, shape=facts.input["shape"], metadata=facts.metadata, bits=facts.bits
        )
        write(run.network, example, temporary)
        temperatures = _temperatures(temporary, facts)
        fold_temperatures(classifier, temperatures)
        write(run.network, example, temporary)
        card = _card(run, temporary, facts, temperatures)
        card_aside.write_text(card.to_json(), encoding="utf-8", newline="\n")
    return card


def _temperatures(path: Path, facts: ModelFacts) -> list[float]:
    found = []
    for place, head in enumerate(facts.heads.values()):
        inputs, labels = head.splits[head.calibrate_on]
        missing = log_shares(head.shares) if facts.prior_free else 0
        found.append(fit_temperature(logits_of(path, inputs)[:, place] + missing, labels))
    return found


def logits_of(path: Path, inputs: NDArray[Any], batch: int = 256) -> NDArray[np.float32]:
    """The logits (N, heads, K) of an ONNX file, computed in batches."""
    session = open_session(path)
    name = session.get_inputs()[0].name
    parts = [
        session.run(None, {name: inputs[start : start + batch]})[0]
        for start in range(0, len(inputs), batch)
    ]
    logits = np.concatenate(parts)
    return logits if logits.ndim == 3 else logits[:, None]


def _head(path: Path, place: int, head: HeadData, temperature: float, facts: ModelFacts) -> Head:
    prior = _rounded(softmax(log_shares(head.shares) / temperature), 7)
    missing = log_shares(prior) if facts.prior_free else 0
    posterior = {
        name: (logits_of(path, inputs)[:, place] + missing, labels)
        for name, (inputs, labels) in head.splits.items()
    }
    metrics = {
        name: report(softmax(logits), labels, facts.labels).as_dict()
        for name, (logits, labels) in posterior.items()
    }
    logits, labels = posterior[head.calibrate_on]
    resting = _resting(logits - log_shares(prior), labels, facts)
    return Head(prior, round(temperature, 4), metrics, resting)


def _resting(
    evidence: NDArray[np.float32], labels: NDArray[np.int64], facts: ModelFacts
) -> tuple[float, ...]:
    """See `Head.resting`."""
    if facts.resting is None:
        return ()
    neutral = labels == facts.labels.index(facts.resting)
    return _rounded(log_softmax(evidence[neutral]).mean(0), 4) if neutral.any() else ()


def _rounded(values: NDArray[np.float32], digits: int) -> tuple[float, ...]:
    return tuple(round(value, digits) for value in values.tolist())


def _card(run: TrainingRun, path: Path, facts: ModelFacts, temperatures: list[float]) -> Card:
    heads = {
        name: _head(path, place, head, temperatures[place], facts)
        for place, (name, head) in enumerate(facts.heads.items())
    }
    first = next(iter(facts.heads.values()))
    sizes = {name: len(labels) for name, (_, labels) in first.splits.items()}
    not_for, not_measured = _CARD_LIMITS[facts.task]
    return Card(
        name=run.config.network,
        task=facts.task,
        network=run.config.network,
        labels=facts.labels,
        input=facts.input,
        data=facts.data,
        data_sha256=run.config.data_sha256,
        splits={"Training": facts.training_size, **sizes},
        heads=heads,
        prior_free=facts.prior_free,
        bits=facts.bits,
        epochs=len(run.history),
        best_epoch=(run.kept or run.best).number,
        seed=run.config.seed,
        commit=run.commit,
        command=facts.command,
        sha256=sha256(path),
        bytes=path.stat().st_size,
        licence=facts.licence,
        not_for=not_for,
        not_measured=not_measured,
        teachers=run.config.teachers,
    )


def tensor(array: NDArray[Any]) -> Tensor:
    """A tensor with a copy of the array, which may be read-only."""
    return torch.from_numpy(np.array(array))
