"""Train an expression network on labelled faces."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from ..errors import DataError
from ..evaluate.labelled_faces import LabelledFaces, read_labelled_faces
from ..face.pixels import SIDE
from ..models.card import Card
from ..mood import EXPRESSIONS
from . import cnn2018, compact
from .fit import Run, use_cores
from .progress import Progress, reading
from .publish import Publication, Split, command_line, publish, tensor
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
    drop_copies: bool = False  # training faces that also stand in a split that is measured


PLANS = {
    "cnn2018": Plan(cnn2018.CNN2018, Method(cnn2018.optimizer), epochs=35, patience=7),
    "compact": Plan(compact.Compact, compact.METHOD, epochs=30, drop_copies=True),
}


def train_face(
    data: Path,
    network: str,
    out: Path,
    *,
    seed: int = 1,
    epochs: int | None = None,
    bits: int = 8,
    cores: int | None = None,
) -> Card:
    """Train on the split Training, choose the epoch on PublicTest, leave model and card in `out`.

    `data` is Kaggle's csv or folders. Started again with the same arguments it goes
    on from the last epoch. Raises DataError and TrainingError.
    """
    use_cores(cores)
    plan = PLANS[network]
    with reading(data):
        faces = read_labelled_faces(data)
    _require_splits(faces, data)
    recipe = Recipe(network, faces.sha256, epochs or plan.epochs, plan.batch, seed, plan.patience)
    torch.manual_seed(seed)
    net = plan.make()
    run = Run(net, plan.method, recipe, out)
    measured = [name for name in faces.split_names if name != TRAINING]
    with Progress() as progress:
        training = _training(faces, measured, plan, progress)
        run.fit(_examples(training), _examples(faces.split(VALIDATION)), progress)
    splits = {name: _arrays(faces.split(name)) for name in measured}
    about = _about(data, command_line("face", data, recipe), bits, len(training.labels))
    return publish(run, net.classifier, torch.zeros(2, 1, SIDE, SIDE), splits, about)


def _training(
    faces: LabelledFaces, measured: list[str], plan: Plan, progress: Progress
) -> LabelledFaces:
    training = faces.split(TRAINING)
    if len(training.labels) < 2:
        raise DataError("One training face is too few: at least two are needed.")
    if not plan.drop_copies:
        return training
    kept = training
    for name in measured:
        kept = kept.without(faces.split(name))
    dropped = len(training.labels) - len(kept.labels)
    progress.say(f"{dropped} training faces dropped: copies of faces that are measured")
    return kept


def _about(data: Path, command: str, bits: int, learnt_from: int) -> Publication:
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
        learnt_from=learnt_from,
    )


def _require_splits(faces: LabelledFaces, data: Path) -> None:
    missing = [name for name in (TRAINING, VALIDATION) if name not in faces.split_names]
    if missing:
        raise DataError(f"{data} has no split {' and none '.join(missing)}: training needs both.")


def _examples(faces: LabelledFaces) -> Examples:
    return Examples(tensor(faces.pixels[:, None]), tensor(faces.labels))


def _arrays(faces: LabelledFaces) -> Split:
    return faces.pixels[:, None].astype(np.float32), faces.labels
