"""The training loop: seeded, resumable, one checkpoint an epoch."""

import csv
import os
import time
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Literal

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from ..errors import TrainingError
from ..files import written_aside
from .judge import loss_of, right_of
from .progress import Progress
from .recipe import Epoch, Examples, Method, Recipe
from .source import commit

CHECKPOINT = "checkpoint.pt"
HISTORY = "history.csv"


class Run:
    """One training in one folder; started again there, it goes on from its last epoch.

    Raises TrainingError when the folder holds the checkpoint of another recipe.
    """

    def __init__(self, network: nn.Module, method: Method, recipe: Recipe, folder: Path) -> None:
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.network = network.to(self.device)
        self.method, self.recipe, self.folder = method, recipe, folder
        self.optimizer = method.optimizer(network)
        self.average = _moving_average(network, method.averaging) if method.averaging else None
        self.commit = commit()
        self.history: list[Epoch] = []
        self.best_weights: dict[str, Tensor] = {}
        self.kept: Epoch | None = None
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / CHECKPOINT).exists():
            self._resume()

    @property
    def best(self) -> Epoch:
        """The epoch of the highest validation accuracy, the first of equals."""
        return max(self.history, key=lambda epoch: epoch.validation_accuracy)

    @property
    def finished(self) -> bool:
        """All epochs are done, or `patience` of them brought nothing."""
        done, patience = len(self.history), self.recipe.patience
        waited = done - self.best.number if self.history else 0
        return done >= self.recipe.epochs or (patience is not None and waited >= patience)

    def fit(
        self,
        training: Examples,
        validation: Examples,
        progress: Progress,
        keep: Literal["best", "last"] = "best",
    ) -> None:
        """Train to the end and leave the network with the weights of its best, or last, epoch.

        It ends on the CPU, whichever device it was trained on.
        """
        training, validation = training.to(self.device), validation.to(self.device)
        steps = sum(1 for _ in training.batches(self.recipe.batch))
        progress.begin(self.recipe.epochs * steps, done=len(self.history) * steps)
        while not self.finished:
            epoch = self._epoch(training, validation, progress)
            self.history.append(epoch)
            if epoch is self.best:
                self.best_weights = {k: v.clone() for k, v in self._judged.state_dict().items()}
            self._save()
            progress.epoch(epoch, self.recipe.epochs)
        weights = self.best_weights if keep == "best" else self._judged.state_dict()
        self.kept = self.best if keep == "best" else self.history[-1]
        self.network.load_state_dict(weights)
        self.network.cpu().eval()

    @property
    def _judged(self) -> nn.Module:
        """What validation looks at: the average of the weights, where one is kept."""
        return self.average.module if self.average else self.network

    def _epoch(self, training: Examples, validation: Examples, progress: Progress) -> Epoch:
        number, started = len(self.history) + 1, time.monotonic()
        # Seeded by epoch, so that a resumed run draws what an unbroken one would have drawn.
        torch.manual_seed(self.recipe.seed * 100_003 + number)
        order = torch.randperm(len(training.labels)).to(self.device)
        training_loss = self._learn(training, order, progress)
        loss, accuracy = assess(self._judged, validation, self.recipe.batch)
        return Epoch(number, training_loss, loss, accuracy, round(time.monotonic() - started, 1))

    def _learn(self, training: Examples, order: Tensor, progress: Progress) -> float:
        self.network.train()
        total, done = 0.0, 0
        for inputs, labels in training.batches(self.recipe.batch, order):
            share = (len(self.history) + done / len(order)) / self.recipe.epochs
            self._set_pace(share)
            inputs = self.method.augment(inputs, share)
            total += self._step(inputs, labels, training.log_prior) * len(labels)
            done += len(labels)
            progress.step()
        return total / done

    def _step(self, inputs: Tensor, labels: Tensor, log_prior: Tensor | None) -> float:
        self.optimizer.zero_grad()
        with torch.autocast(self.device, torch.bfloat16, enabled=self.method.bfloat16):
            logits = self.network(inputs)
        loss = loss_of(logits.float(), labels, log_prior, self.method.smoothing)
        loss.backward()  # type: ignore[no-untyped-call]
        self.optimizer.step()
        if self.average:
            self.average.update_parameters(self.network)
        return loss.item()

    def _set_pace(self, progress: float) -> None:
        for group in self.optimizer.param_groups:
            group["lr"] = group.setdefault("full_lr", group["lr"]) * self.method.pace(progress)

    def _save(self) -> None:
        state = {
            "recipe": asdict(self.recipe),
            "commit": self.commit,
            "history": [asdict(epoch) for epoch in self.history],
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": self.average.state_dict() if self.average else None,
            "best": self.best_weights,
        }
        with written_aside(self.folder / CHECKPOINT) as aside:
            torch.save(state, aside)
        with written_aside(self.folder / HISTORY) as aside, aside.open("w", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(field.name for field in fields(Epoch))
            rows.writerows(asdict(epoch).values() for epoch in self.history)

    def _resume(self) -> None:
        state = _read_checkpoint(self.folder / CHECKPOINT, self.device)
        if Recipe(**state["recipe"]) != self.recipe:
            raise TrainingError(
                f"{self.folder} holds another training (its recipe or data differ): "
                "name another --out, or delete the folder."
            )
        self.commit = state["commit"]
        self.history = [Epoch(**epoch) for epoch in state["history"]]
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.best_weights = state["best"]
        if self.average:
            self.average.load_state_dict(state["average"])


def _moving_average(network: nn.Module, decay: float) -> AveragedModel:
    average = get_ema_multi_avg_fn(decay)  # type: ignore[no-untyped-call]
    return AveragedModel(network, multi_avg_fn=average, use_buffers=True)


@torch.no_grad()
def assess(network: nn.Module, examples: Examples, batch: int) -> tuple[float, float]:
    """Mean loss in nats, and accuracy as a fraction."""
    network.eval()
    logits = torch.cat([network(inputs) for inputs, _ in examples.batches(batch)])
    labels, log_prior = examples.labels, examples.log_prior
    return loss_of(logits, labels, log_prior).item(), right_of(logits, labels, log_prior)


def _read_checkpoint(path: Path, device: str) -> dict[str, Any]:
    try:
        state: dict[str, Any] = torch.load(path, map_location=device, weights_only=True)
    except Exception as error:  # a damaged file raises whatever unzipping it meets
        raise TrainingError(
            f"{path} is damaged ({type(error).__name__}): delete it to start anew."
        ) from None
    return state


def use_cores(count: int | None) -> None:
    """How many cores to train on; None: all there are."""
    torch.set_num_threads(count or os.cpu_count() or 1)
