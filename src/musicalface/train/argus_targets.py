"""Training and validation targets of the three heads of argus, from FER2013 and web faces."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from ..errors import DataError
from ..evaluate.labelled_faces import LabelledFaces
from ..face.align import TEMPLATE
from ..models.probabilities import log_shares
from ..mood import EXPRESSIONS
from . import janus_targets
from .config import Examples
from .dataset_mixture import Mixture, Part
from .face_set_builder import UNKNOWN, FaceSet, landmarks_of_fer2013
from .geometric_augmentation import aligned_views
from .janus_targets import Distributions
from .model_publishing import tensor
from .networks.argus import HEADS, SIDE

FER2013_COUNT, WEB_COUNT = 48, 48
"""Faces per batch from FER2013 and from the web."""

STEPS = 250
"""Batches per epoch. An epoch takes a few minutes, and a checkpoint follows each."""

AS_CROPPED = 0.5
SMOOTHING = 0.1
TEACHER_WEIGHT = 0.5  # share of the teachers' predictions; 1 for a face without a label
TEST = "PrivateTest"
_VALIDATED = 0.09  # share of each web set
_SMALL_SETS = 0.75  # exponent of a set's size: its faces per batch grow with the power


def split_off_validation(web: FaceSet, seed: int) -> tuple[FaceSet, FaceSet]:
    """A training and a validation part; neither includes the split PrivateTest.

    Unlabelled faces are all for training.
    """
    free = web.take(web.splits != TEST)
    if unlabelled(free):
        return free, free.take(np.zeros(len(free.labels), bool))
    order = np.random.default_rng(seed).permutation(len(free.labels))
    validated = order < round(_VALIDATED * len(order))
    return free.take(~validated), free.take(validated)


def unlabelled(web: FaceSet) -> bool:
    """True if the set has no labels, so its targets come from teachers alone."""
    return not (web.labels >= 0).any()


def training_mixture(
    fer2013: LabelledFaces, webs: Sequence[FaceSet], teachers: Sequence[Path], seed: int
) -> Mixture:
    """Batches of training faces of all sets.

    With teachers, the targets of each head include their predictions for every face
    (Hinton et al., 2015). Raises DataError for unlabelled faces without a teacher.
    """
    if not teachers and any(map(unlabelled, webs)):
        raise DataError("Faces without labels need a teacher. Add --teacher MODEL.onnx.")
    counts = web_counts(webs)
    parts = [
        _fer2013(fer2013, teachers),
        *(_web(web, count, teachers) for web, count in zip(webs, counts, strict=True)),
    ]
    prior = tensor(log_shares(np.stack(class_shares(fer2013, webs))))
    return Mixture(parts, STEPS, SIDE, seed, prior)


def validation_examples(
    fer2013: LabelledFaces, webs: Sequence[FaceSet], shares: Sequence[Distributions]
) -> Examples:
    """Validation examples: FER2013's own crops, and aligned faces from the web."""
    template = np.broadcast_to(TEMPLATE, (len(fer2013.labels), 5, 2))
    faces = [
        align_crops(fer2013.pixels, template),
        *(align_crops(web.pixels, web.landmarks) for web in webs),
    ]
    inputs = np.concatenate(faces)[:, None]
    known = np.stack(
        [janus_targets.one_hot(fer2013.labels), janus_targets.majority(fer2013)], axis=1
    )
    labels = np.zeros((len(inputs), len(HEADS), len(EXPRESSIONS)), np.float32)
    labels[: len(known), :2] = known
    labels[len(known) :, 2] = janus_targets.one_hot(np.concatenate([web.labels for web in webs]))
    return Examples(tensor(inputs), tensor(labels), tensor(log_shares(np.stack(shares))))


def class_shares(fer2013: LabelledFaces, webs: Sequence[FaceSet]) -> list[Distributions]:
    """Class shares (7,) of each head's training data."""
    web = np.sum(
        [
            count * janus_targets.one_hot(faces.labels).mean(0)
            for faces, count in zip(webs, web_counts(webs), strict=True)
            if not unlabelled(faces)
        ],
        axis=0,
    )
    return [*janus_targets.class_shares(fer2013), web / web.sum()]


def web_counts(webs: Sequence[FaceSet]) -> list[int]:
    """Faces per batch from each set; small sets get more than their share."""
    sizes = np.array([len(web.labels) for web in webs]) ** _SMALL_SETS
    ends = (np.cumsum(sizes) / sizes.sum() * WEB_COUNT).round().astype(int)
    counts: list[int] = np.diff(ends, prepend=0).tolist()
    return counts


def align_crops(pixels: NDArray[np.uint8], landmarks: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Aligns faces (N, S, S) by landmarks (N, 5, 2), as the program does: (N, 96, 96)."""
    with torch.no_grad():
        view = aligned_views(tensor(pixels), tensor(landmarks).float(), SIDE)
    return np.asarray(view.faces[:, 0].round().to(torch.uint8).numpy())


def _fer2013(faces: LabelledFaces, teachers: Sequence[Path]) -> Part:
    labels = janus_targets.smoothed(faces.labels, SMOOTHING)
    truth = np.stack([labels, janus_targets.vote_shares(faces), np.zeros_like(labels)], axis=1)
    learned = mix_in_teachers(truth, faces.pixels, teachers)
    pixels = np.maximum(faces.pixels, UNKNOWN + 1)
    landmarks = landmarks_of_fer2013(faces.pixels)
    return Part(tensor(pixels), tensor(landmarks), tensor(learned), FER2013_COUNT, AS_CROPPED)


def _web(faces: FaceSet, count: int, teachers: Sequence[Path]) -> Part:
    truth = np.zeros((len(faces.labels), len(HEADS), len(EXPRESSIONS)), np.float32)
    if not unlabelled(faces):
        truth[:, 2] = janus_targets.smoothed(faces.labels, SMOOTHING)
    learned = truth
    if teachers:
        learned = mix_in_teachers(truth, align_crops(faces.pixels, faces.landmarks), teachers)
    return Part(tensor(faces.pixels), tensor(faces.landmarks), tensor(learned), count)


def mix_in_teachers(
    truth: Distributions, pixels: NDArray[np.uint8], teachers: Sequence[Path]
) -> Distributions:
    """Targets (N, 3, 7): labels and the teachers' predictions, weighted by TEACHER_WEIGHT."""
    learned = truth.copy()
    for place, read in enumerate(janus_targets.read_by(teachers, pixels, HEADS)):
        if read is not None:
            given = truth[:, place].any(1, keepdims=True)
            mixed = (1 - TEACHER_WEIGHT) * truth[:, place] + TEACHER_WEIGHT * read
            learned[:, place] = np.where(given, mixed, read)
    return learned
