"""The training loop: seeded and resumable, with one checkpoint per epoch."""

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
from ..files import atomic_write
from .config import Epoch, Examples, TrainingConfig, TrainingData, TrainingMethod
from .loss import accuracy, cross_entropy
from .provenance import source_commit
from .training_progress import Progress

CHECKPOINT = "checkpoint.pt"
HISTORY = "history.csv"


class TrainingRun:
    """A training run in a folder; resumes after its last epoch if there is a checkpoint.

    Raises TrainingError if the checkpoint is damaged or belongs to another config.
    """

    def __init__(
        self, network: nn.Module, method: TrainingMethod, config: TrainingConfig, folder: Path
    ) -> None:
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.network = network.to(self.device)
        self.method, self.config, self.folder = method, config, folder
        self.optimizer = method.optimizer(network)
        self.average = _moving_average(network, method.ema_decay) if method.ema_decay else None
        self.commit = source_commit()
        self.history: list[Epoch] = []
        self.best_weights: dict[str, Tensor] = {}
        self.kept: Epoch | None = None
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / CHECKPOINT).exists():
            self._resume()

    @property
    def best(self) -> Epoch:
        """The first epoch with the highest validation accuracy."""
        return max(self.history, key=lambda epoch: epoch.validation_accuracy)

    @property
    def finished(self) -> bool:
        """True if all epochs are done, or the last `patience` epochs brought no improvement."""
        done, patience = len(self.history), self.config.patience
        waited = done - self.best.number if self.history else 0
        return done >= self.config.epochs or (patience is not None and waited >= patience)

    def fit(
        self,
        training: TrainingData,
        validation: Examples,
        progress: Progress,
        keep: Literal["best", "last"] = "best",
    ) -> None:
        """Trains to the end, then loads the weights of the best or last epoch.

        Moves the network to the CPU at the end.
        """
        training, validation = training.to(self.device), validation.to(self.device)
        progress.begin(self.config.epochs * len(training), done=len(self.history) * len(training))
        while not self.finished:
            epoch = self._run_epoch(training, validation, progress)
            self.history.append(epoch)
            if epoch is self.best:
                self.best_weights = {
                    k: v.clone() for k, v in self._evaluated_network.state_dict().items()
                }
            self._save()
            progress.epoch(epoch, self.config.epochs)
        weights = self.best_weights if keep == "best" else self._evaluated_network.state_dict()
        self.kept = self.best if keep == "best" else self.history[-1]
        self.network.load_state_dict(weights)
        self.network.cpu().eval()

    @property
    def _evaluated_network(self) -> nn.Module:
        """The network with averaged weights if there is an average, else the network itself."""
        return self.average.module if self.average else self.network

    def _run_epoch(self, training: TrainingData, validation: Examples, progress: Progress) -> Epoch:
        number, started = len(self.history) + 1, time.monotonic()
        # Seeded by epoch, so that a resumed run equals an uninterrupted one.
        torch.manual_seed(self.config.seed * 100_003 + number)
        training_loss = self._train_epoch(training, number, progress)
        loss, accuracy = evaluate(self._evaluated_network, validation, self.config.batch)
        return Epoch(number, training_loss, loss, accuracy, round(time.monotonic() - started, 1))

    def _train_epoch(self, training: TrainingData, number: int, progress: Progress) -> float:
        self.network.train()
        total, done = 0.0, 0
        for inputs, labels in training.shuffled(self.config.batch, number):
            share = (number - 1 + done / len(training)) / self.config.epochs
            self._set_learning_rate(share)
            inputs = self.method.augment(inputs, share)
            total += self._train_step(inputs, labels, training.log_prior) * len(labels)
            done += len(labels)
            progress.advance(len(labels))
        return total / done

    def _train_step(self, inputs: Tensor, labels: Tensor, log_prior: Tensor | None) -> float:
        self.optimizer.zero_grad()
        with torch.autocast(self.device, torch.bfloat16, enabled=self.method.bfloat16):
            logits = self.network(inputs)
        loss = cross_entropy(logits.float(), labels, log_prior, self.method.label_smoothing)
        loss.backward()  # type: ignore[no-untyped-call]
        self.optimizer.step()
        if self.average:
            self.average.update_parameters(self.network)
        return loss.item()

    def _set_learning_rate(self, progress: float) -> None:
        for group in self.optimizer.param_groups:
            group["lr"] = group.setdefault(
                "full_lr", group["lr"]
            ) * self.method.learning_rate_factor(progress)

    def _save(self) -> None:
        state = {
            "recipe": asdict(self.config),
            "commit": self.commit,
            "history": [asdict(epoch) for epoch in self.history],
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": self.average.state_dict() if self.average else None,
            "best": self.best_weights,
        }
        with atomic_write(self.folder / CHECKPOINT) as temporary:
            torch.save(state, temporary)
        with (
            atomic_write(self.folder / HISTORY) as temporary,
            temporary.open("w", newline="") as file,
        ):
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(field.name for field in fields(Epoch))
            rows.writerows(asdict(epoch).values() for epoch in self.history)

    def _resume(self) -> None:
        state = _read_checkpoint(self.folder / CHECKPOINT, self.device)
        if TrainingConfig(**state["recipe"]) != self.config:
            raise TrainingError(
                f"{self.folder} contains another training (its options or data differ). "
                "Choose another --out, or delete the folder."
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
def evaluate(network: nn.Module, examples: Examples, batch: int) -> tuple[float, float]:
    """The mean loss in nats, and the accuracy as a fraction."""
    network.eval()
    logits = torch.cat([network(inputs) for inputs, _ in examples.batches(batch)])
    labels, log_prior = examples.labels, examples.log_prior
    return cross_entropy(logits, labels, log_prior).item(), accuracy(logits, labels, log_prior)


def _read_checkpoint(path: Path, device: str) -> dict[str, Any]:
    try:
        state: dict[str, Any] = torch.load(path, map_location=device, weights_only=True)
    except Exception as error:  # a damaged file raises many types
        raise TrainingError(
            f"{path} is damaged ({type(error).__name__}). Delete it to start again."
        ) from None
    return state


def set_torch_threads(count: int | None) -> None:
    """Sets the number of cores to train on; None means all."""
    torch.set_num_threads(count or os.cpu_count() or 1)
