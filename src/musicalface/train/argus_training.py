"""Trains argus on FER2013 with votes, and on sets of faces from the web."""

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from ..files import sha256
from ..models.model_card import Card
from .argus_card import head_data, model_facts
from .argus_data import read_training_data
from .argus_targets import class_shares, split_off_validation, training_mixture, validation_examples
from .augmentation import degrade
from .config import TrainingConfig, TrainingMethod
from .data_cleaning import training_faces
from .dataset_mixture import Mixture
from .face_training import VALIDATION
from .model_publishing import command_line, publish
from .networks import argus
from .networks.argus import SIDE, Argus
from .networks.mobilenet import read_folded
from .training_loop import TrainingRun, set_torch_threads
from .training_progress import Progress, reading_spinner

EPOCHS, BATCH = 20, 96
METHOD = TrainingMethod(argus.optimizer, degrade, argus.learning_rate_factor, ema_decay=0.999)
_NORMALISED_ON = 1024  # faces for the initial statistics of the batch norms


def train_argus(
    data: Path,
    webs: Sequence[Path],
    start: Path,
    out: Path,
    *,
    votes: Path | None = None,
    teachers: Sequence[Path] = (),
    photos: Path | None = None,
    seed: int = 1,
    epochs: int | None = None,
    cores: int | None = None,
) -> Card:
    """Trains to the last epoch, and writes the model (averaged weights) and its card to `out`.

    `data` and `votes` are as for `train_face`; `webs` are `FaceSet` files, `start` is the
    json of faceres-deep. The network also learns the predictions of `teachers`. `photos`,
    folders of classes, calibrate the head `camera`. Resumes from the last epoch when called
    again with the same arguments. Raises DataError, ModelError and TrainingError.
    """
    set_torch_threads(cores)
    with reading_spinner(data):
        sets = read_training_data(data, votes, webs, start)
    more = f" --votes {votes.name}" if votes else ""
    more += "".join(f" --teacher {path.parent.name}/{path.name}" for path in teachers)
    more += "".join(f" --web {path.name}" for path in webs) + f" --start {start.name}"
    more += f" --photos {photos.name}" if photos else ""
    checksums = tuple(map(sha256, teachers))
    config = TrainingConfig("argus", sets.sha256, epochs or EPOCHS, BATCH, seed, None, checksums)
    with Progress() as progress:
        training = training_faces(sets.fer2013, True, progress)
        halves = {name: split_off_validation(web, seed) for name, web in sets.webs.items()}
        learnt_webs = [learnt for learnt, _ in halves.values()]
        validated = {name: held for name, (_, held) in halves.items() if len(held.labels)}
        shares = class_shares(training, learnt_webs)
        heads = head_data(sets, validated, shares, photos)
        learnt = training_mixture(training, learnt_webs, teachers, seed)
        run = TrainingRun(pretrained_network(start, learnt, seed), METHOD, config, out)
        public = sets.fer2013.split(VALIDATION)
        run.fit(
            learnt, validation_examples(public, list(validated.values()), shares), progress, "last"
        )
    assert isinstance(run.network, Argus)
    run.network.add_camera_head()
    facts = model_facts(sets, command_line("face", data, config, more), heads)
    return publish(run, run.network.classifier, torch.zeros(2, 1, SIDE, SIDE), facts)


def pretrained_network(path: Path, learnt: Mixture, seed: int) -> Argus:
    """The pre-trained network with new heads; faces of all sets initialise its batch norms."""
    folded = read_folded(path)
    torch.manual_seed(seed)
    network = Argus()
    network.body.load_folded(folded, network.normal(_first_faces(learnt)))
    return network


def _first_faces(learnt: Mixture) -> Tensor:
    batches: list[Tensor] = []
    for faces, _ in learnt.shuffled(BATCH, 1):
        batches.append(faces)
        if sum(map(len, batches)) >= _NORMALISED_ON:
            break
    return torch.cat(batches)
