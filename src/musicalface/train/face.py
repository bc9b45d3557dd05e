"""Train an expression network on labelled faces."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from ..errors import DataError, InputError
from ..evaluate.face import answered
from ..evaluate.labelled_faces import LabelledFaces, read_labelled_faces
from ..face.pixels import SIDE
from ..files import sha256
from ..models.card import Card
from ..mood import EXPRESSIONS
from . import janus
from .clean import TRAINING, training_faces
from .fit import Run, use_cores
from .lessons import class_shares, lessons, questions
from .plans import PLANS, Plan
from .progress import Progress, reading
from .publish import Measured, Publication, Split, command_line, publish, tensor
from .recipe import Examples, Recipe

VALIDATION = "PublicTest"
LICENCE = (
    "Research and personal use. Trained on FER2013 (Goodfellow et al., 2013), whose pictures "
    "were gathered from the web for research; no rights in them are passed on."
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
    """Train on the split Training, choose the epoch on PublicTest, leave model and card in `out`.

    `data` is Kaggle's csv, an .npz, or folders; `votes` Microsoft's csv. `teachers`
    are models whose readings the network learns besides the labels. Started again
    with the same arguments it goes on from the last epoch. Raises DataError and
    TrainingError.
    """
    use_cores(cores)
    plan = PLANS[network]
    if teachers and not plan.two_heads:
        raise InputError(f"{network} learns from labels alone: --teacher is for janus.")
    with reading(data):
        faces = read_labelled_faces(data, votes)
    _require_splits(faces, data)
    recipe = Recipe(
        network,
        faces.sha256,
        epochs or plan.epochs,
        plan.batch,
        seed,
        plan.patience,
        tuple(map(sha256, teachers)),
    )
    command = command_line("face", data, recipe, _more(votes, teachers))
    with Progress() as progress:
        training = training_faces(faces, plan.clean, progress)
        about = _about(data, command, bits, plan, training, _measured(faces))
        learnt, asked = _examples(training, faces.split(VALIDATION), plan, teachers)
        torch.manual_seed(seed)
        net = plan.make()
        run = Run(net, plan.method, recipe, out)
        run.fit(learnt, asked, progress)
    return publish(run, net.classifier, torch.zeros(2, 1, SIDE, SIDE), about)


def _more(votes: Path | None, teachers: Sequence[Path]) -> str:
    """The command's other options; two folders of a training hold files of one name."""
    given = [f" --votes {votes.name}"] if votes else []
    return "".join(given + [f" --teacher {t.parent.name}/{t.name}" for t in teachers])


def _measured(faces: LabelledFaces) -> dict[str, LabelledFaces]:
    return {name: faces.split(name) for name in faces.split_names if name != TRAINING}


def _about(
    data: Path,
    command: str,
    bits: int,
    plan: Plan,
    training: LabelledFaces,
    answers: dict[str, LabelledFaces],
) -> Publication:
    return Publication(
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
        licence=LICENCE,
        bits=bits,
        calibrate_on=VALIDATION,
        learnt_from=len(training.labels),
        heads=_heads(plan, training, answers),
        prior_free=plan.two_heads,
        resting="neutral",
    )


def _heads(
    plan: Plan, training: LabelledFaces, answers: dict[str, LabelledFaces]
) -> dict[str, Measured]:
    occurring = class_shares(training)
    names = janus.HEADS if plan.two_heads else janus.HEADS[:1]
    return {
        head: Measured(
            shares, {name: _arrays(*answered(faces, head)) for name, faces in answers.items()}
        )
        for head, shares in zip(names, occurring, strict=False)
    }


def _require_splits(faces: LabelledFaces, data: Path) -> None:
    missing = [name for name in (TRAINING, VALIDATION) if name not in faces.split_names]
    if missing:
        raise DataError(f"{data} has no split {' and none '.join(missing)}: training needs both.")


def _examples(
    training: LabelledFaces, validation: LabelledFaces, plan: Plan, teachers: Sequence[Path]
) -> tuple[Examples, Examples]:
    if plan.two_heads:
        return lessons(training, teachers), questions(validation, class_shares(training))
    return _by_label(training), _by_label(validation)


def _by_label(faces: LabelledFaces) -> Examples:
    return Examples(tensor(faces.pixels[:, None]), tensor(faces.labels))


def _arrays(faces: LabelledFaces, labels: NDArray[np.int64]) -> Split:
    return faces.pixels[:, None].astype(np.float32), labels
