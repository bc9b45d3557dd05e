"""Trains an expression network on labelled faces."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from ..errors import DataError, InputError
from ..evaluate.face_dataset import read_labelled_faces
from ..evaluate.face_evaluation import labelled_for_head
from ..evaluate.labelled_faces import LabelledFaces
from ..face.image_ops import SIDE
from ..files import sha256
from ..models.model_card import Card
from ..mood import EXPRESSIONS
from .config import Examples, TrainingConfig
from .data_cleaning import TRAINING, training_faces
from .janus_targets import class_shares, training_targets, validation_targets
from .model_publishing import HeadData, ModelFacts, Split, command_line, publish, tensor
from .network_registry import NETWORKS, NetworkSpec
from .networks import janus
from .training_loop import TrainingRun, set_torch_threads
from .training_progress import Progress, reading_spinner

VALIDATION = "PublicTest"
FER2013_TERMS = (
    "Research and personal use. Trained on FER2013 (Goodfellow et al., 2013), whose pictures "
    "were collected from the web for research; no rights in the pictures are granted."
)


def train_face(
    data: Path,
    network: str,
    out: Path,
    *,
    votes: Path | None = None,
    teachers: Sequence[Path] = (),
    seed: int = 1,
    epochs: int | None = None,
    bits: int = 8,
    cores: int | None = None,
) -> Card:
    """Trains on the split Training and writes the model and its card to `out`.

    Chooses the epoch on PublicTest. `data` is Kaggle's csv, an .npz, or folders; `votes`
    is Microsoft's csv. `teachers` are models whose outputs become part of the targets.
    A second call with the same arguments resumes after the last epoch. Raises
    InputError, DataError and TrainingError.
    """
    set_torch_threads(cores)
    spec = NETWORKS[network]
    if teachers and not spec.two_heads:
        raise InputError(f"The network {network} has no --teacher option. Choose janus or argus.")
    with reading_spinner(data):
        faces = read_labelled_faces(data, votes)
    require_splits(faces, data)
    config = TrainingConfig(
        network,
        faces.sha256,
        epochs or spec.epochs,
        spec.batch,
        seed,
        spec.patience,
        tuple(map(sha256, teachers)),
    )
    command = command_line("face", data, config, _extra_options(votes, teachers))
    with Progress() as progress:
        training = training_faces(faces, spec.clean, progress)
        facts = _model_facts(data, command, bits, spec, training, _evaluation_splits(faces))
        training_examples, validation_examples = _examples(
            training, faces.split(VALIDATION), spec, teachers
        )
        torch.manual_seed(seed)
        net = spec.make()
        run = TrainingRun(net, spec.method, config, out)
        run.fit(training_examples, validation_examples, progress)
    return publish(run, net.classifier, torch.zeros(2, 1, SIDE, SIDE), facts)


def _extra_options(votes: Path | None, teachers: Sequence[Path]) -> str:
    """The command's other options; teachers keep their folder, as file names may be equal."""
    given = [f" --votes {votes.name}"] if votes else []
    return "".join(given + [f" --teacher {t.parent.name}/{t.name}" for t in teachers])


def _evaluation_splits(faces: LabelledFaces) -> dict[str, LabelledFaces]:
    return {name: faces.split(name) for name in faces.split_names if name != TRAINING}


def _model_facts(
    data: Path,
    command: str,
    bits: int,
    spec: NetworkSpec,
    training: LabelledFaces,
    answers: dict[str, LabelledFaces],
) -> ModelFacts:
    return ModelFacts(
        task="expressions",
        labels=tuple(EXPRESSIONS),
        input={
            "shape": ["n", 1, SIDE, SIDE],
            "dtype": "float32",
            "range": [0, 255],
            "pixels": "gray",
        },
        metadata={},
        data=data.name,
        command=command,
        licence=FER2013_TERMS,
        bits=bits,
        training_size=len(training.labels),
        heads=_heads(spec, training, answers),
        prior_free=spec.two_heads,
        resting="neutral",
    )


def _heads(
    spec: NetworkSpec, training: LabelledFaces, answers: dict[str, LabelledFaces]
) -> dict[str, HeadData]:
    shares_by_head = class_shares(training)
    names = janus.HEADS if spec.two_heads else janus.HEADS[:1]
    return {
        head: HeadData(
            shares,
            {name: _arrays(*labelled_for_head(faces, head)) for name, faces in answers.items()},
            VALIDATION,
        )
        for head, shares in zip(names, shares_by_head, strict=False)
    }


def require_splits(faces: LabelledFaces, data: Path) -> None:
    """Raises DataError if the split Training or PublicTest is missing."""
    missing = [name for name in (TRAINING, VALIDATION) if name not in faces.split_names]
    if missing:
        raise DataError(f"{data} has no split {' or '.join(missing)}. Training needs both.")


def _examples(
    training: LabelledFaces, validation: LabelledFaces, spec: NetworkSpec, teachers: Sequence[Path]
) -> tuple[Examples, Examples]:
    if spec.two_heads:
        return training_targets(training, teachers), validation_targets(
            validation, class_shares(training)
        )
    return _labelled_examples(training), _labelled_examples(validation)


def _labelled_examples(faces: LabelledFaces) -> Examples:
    return Examples(tensor(faces.pixels[:, None]), tensor(faces.labels))


def _arrays(faces: LabelledFaces, labels: NDArray[np.int64]) -> Split:
    return faces.pixels[:, None].astype(np.float32), labels
