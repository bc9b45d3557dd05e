"""Train an expression network on labelled faces."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from ..errors import DataError, InputError
from ..evaluate.face import answered
from ..evaluate.labelled_faces import LabelledFaces, read_labelled_faces
from ..evaluate.votes import not_a_face
from ..face.pixels import SIDE
from ..files import sha256
from ..models.card import Card
from ..mood import EXPRESSIONS
from . import cnn2018, compact, janus
from .fit import Run, use_cores
from .lessons import class_shares, lessons, questions
from .progress import Progress, reading
from .publish import Measured, Publication, Split, command_line, publish, tensor
from .recipe import Examples, Method, Recipe

TRAINING, VALIDATION = "Training", "PublicTest"
LICENCE = (
    "Research and personal use. Trained on FER2013 (Goodfellow et al., 2013), whose pictures "
    "were gathered from the web for research; no rights in them are passed on."
)


@dataclass(frozen=True)
class Plan:
    """How to make a network, how it learns, and for how long."""

    make: Callable[[], cnn2018.CNN2018 | compact.Compact]
    method: Method
    epochs: int
    batch: int = 128
    patience: int | None = None
    clean: bool = False  # leave out training faces that are measured, blank, or not a face
    two_heads: bool = False  # learn from people's votes as well


PLANS = {
    "cnn2018": Plan(cnn2018.CNN2018, Method(cnn2018.optimizer), epochs=35, patience=7),
    "compact": Plan(compact.Compact, compact.METHOD, epochs=30, clean=True),
    "janus": Plan(janus.Janus, janus.METHOD, epochs=100, clean=True, two_heads=True),
}


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
        training = _training(faces, plan, progress)
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


def _training(faces: LabelledFaces, plan: Plan, progress: Progress) -> LabelledFaces:
    training = faces.split(TRAINING)
    if plan.clean:
        training = _cleaned(training, faces.take(faces.splits != TRAINING), progress)
    if len(training.labels) < 2:
        raise DataError(
            f"{len(training.labels)} training faces are too few: at least two are needed."
        )
    return training


def _cleaned(training: LabelledFaces, others: LabelledFaces, progress: Progress) -> LabelledFaces:
    """Without copies of faces that are measured, pictures of one shade, and what is no face."""
    faults: dict[str, Callable[[LabelledFaces], NDArray[np.bool_]]] = {
        "copies of faces that are measured": lambda faces: faces.among(others),
        "blank": lambda faces: faces.blank,
        "no face to half of the taggers": _no_face,
    }
    for reason, find in faults.items():
        wrong = find(training)
        progress.say(f"{wrong.sum()} training faces dropped: {reason}")
        training = training.take(~wrong)
    return training


def _no_face(faces: LabelledFaces) -> NDArray[np.bool_]:
    return np.zeros(len(faces.labels), bool) if faces.votes is None else not_a_face(faces.votes)


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
