"""Trains an audio model: a linear head on the features of pretrained networks."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray

from ..audio.decode import read_excerpts
from ..audio.mood_classifier import TIMEOUT, split_into_patches
from ..audio.worker_processes import in_workers
from ..errors import AudioError, DataError
from ..evaluate.labelled_audio import LabelledClips, read_labelled_clips
from ..files import atomic_write, sha256
from ..models.loader import shipped_path
from ..models.model_card import AUDIO_NOT_FOR, AUDIO_NOT_MEASURED, Card
from ..models.model_card import Head as HeadCard
from ..models.onnx_session import open_session
from ..models.probabilities import log_shares, softmax
from ..mood import MOODS
from .audio_backbone import NETWORKS, features_of, published_body, with_head, without_head
from .audio_head import CrossValidation, Head, cross_validate
from .provenance import source_commit

NAME = "echo"
LICENCE = (
    "Research and personal use. Its layers but the last are the weights of musicnn 0.1.0, "
    "Copyright (c) Music Technology Group, Universitat Pompeu Fabra 2019, code developed by Jordi "
    "Pons: permission to use, copy, modify, and/or distribute this software for any purpose with "
    "or without fee is hereby granted, provided that the above copyright notice and this "
    'permission notice appear in all copies; the software is provided "as is" and the author '
    "disclaims all warranties (ISC licence). They were trained for research on the Million Song "
    "Dataset with Last.fm's tags, and on MagnaTagATune. The last layer was trained on clips "
    "with the labels of the 4Q audio emotion dataset (Panda, Malheiro & Paiva, 2018). It holds "
    "no sound."
)
_CHECKED = 4  # clips whose features are compared with a forward pass in numpy
Progress = Callable[[int, float], None]
_Row = NDArray[np.float32]


def train_audio(
    data: Path,
    out: Path,
    *,
    wheel: Path | None = None,
    seed: int = 1,
    folds: int = 5,
    workers: int | None = None,
    progress: Progress = lambda more, share: None,
) -> Card:
    """Trains on a folder of MOOD/clips and writes model and card to `out`.

    `wheel` is that of musicnn, with the networks that compute the features; None means those of
    the shipped model. Keeps the features of each clip in `out`. Raises DataError and
    TrainingError.
    """
    clips = read_labelled_clips(data)
    out.mkdir(parents=True, exist_ok=True)
    body = _body(wheel, clips, out)
    features, is_read = _features(body, clips, out, workers or os.cpu_count() or 1, progress)
    clips = clips.take(np.flatnonzero(is_read))
    measured = cross_validate(features, clips.labels, clips.artists, folds, seed)
    head = Head.fitted(features, clips.labels).scaled(measured.temperature)
    path = out / f"{NAME}.onnx"
    with atomic_write(path.with_suffix(".json")) as temporary_card, atomic_write(path) as temporary:
        model = with_head(body, head.weights, head.bias, {"notice": LICENCE})
        temporary.write_bytes(model.SerializeToString(deterministic=True))
        card = _card(temporary, data, clips, measured, seed, folds, wheel)
        temporary_card.write_text(card.to_json(), encoding="utf-8", newline="\n")
    return card


def _body(wheel: Path | None, clips: LabelledClips, out: Path) -> onnx.ModelProto:
    if wheel is None:
        return without_head(shipped_path(NAME))
    step = max(1, len(clips.paths) // _CHECKED)
    patches = [
        split_into_patches(read_excerpts(path))[:1] for path in clips.paths[::step][:_CHECKED]
    ]
    return published_body(wheel, np.concatenate(patches), out)


def _features(
    body: onnx.ModelProto,
    clips: LabelledClips,
    out: Path,
    workers: int,
    progress: Progress,
) -> tuple[_Row, NDArray[np.bool_]]:
    """Returns the mean features of the readable clips, and which clips these are.

    Keeps both in `out`, and reads them from there if model and clips are the same.
    """
    with atomic_write(out / "body.onnx") as temporary:
        temporary.write_bytes(body.SerializeToString(deterministic=True))
    path = out / "features.npz"
    made_of = f"{sha256(out / 'body.onnx')} {clips.sha256}"
    if path.exists():
        with np.load(path) as arrays:
            if "is_read" in arrays and str(arrays["made_of"]) == made_of:
                return arrays["features"], arrays["is_read"]
    features, is_read = _compute_features(out / "body.onnx", clips, workers, progress)
    with atomic_write(path) as temporary, temporary.open("wb") as file:
        np.savez(file, made_of=made_of, features=features, is_read=is_read)
    return features, is_read


def _compute_features(
    body: Path, clips: LabelledClips, workers: int, progress: Progress
) -> tuple[_Row, NDArray[np.bool_]]:
    rows: list[_Row] = []
    is_read = np.zeros(len(clips.paths), bool)
    outcomes = in_workers(clips.paths, partial(_make_reader, body), workers, TIMEOUT)
    for place, (_, outcome) in enumerate(outcomes):
        if isinstance(outcome, np.ndarray):
            is_read[place] = True
            rows.append(outcome)
        progress(1, (place + 1) / len(clips.paths))
    if len(np.unique(clips.labels[is_read])) < len(MOODS):
        raise DataError("Too few of the clips can be read. musicalface evaluate audio shows why.")
    return np.stack(rows), is_read


def _make_reader(body: Path) -> Callable[[Path], _Row | None]:
    session = open_session(body, 1)

    def read(path: Path) -> _Row | None:
        try:
            patches = split_into_patches(read_excerpts(path))
        except AudioError:
            return None
        return np.asarray(features_of(session, patches).mean(0), np.float32)

    return read


def _card(
    path: Path,
    data: Path,
    clips: LabelledClips,
    measured: CrossValidation,
    seed: int,
    folds: int,
    wheel: Path | None,
) -> Card:
    shares = np.bincount(clips.labels, minlength=len(MOODS)) / len(clips.labels)
    prior = softmax(log_shares(shares) / measured.temperature)
    more = f" --wheel {wheel.name}" if wheel else ""
    return Card(
        name=NAME,
        task="audio",
        network=" + ".join(name for name, *_ in NETWORKS),
        labels=tuple(MOODS),
        input={"shape": ["n", 187, 96], "dtype": "float32", "rate": 16000},
        data=data.name,
        data_sha256=clips.sha256,
        splits={"Training": len(clips.labels), "Folds": len(clips.labels)},
        heads={
            "clips": HeadCard(
                tuple(round(share, 7) for share in prior.tolist()),
                round(measured.temperature, 4),
                {"Folds": measured.trial.as_dict()},
            )
        },
        prior_free=False,
        bits=8,
        epochs=1,
        best_epoch=1,
        seed=seed,
        commit=source_commit(),
        command=f"musicalface train audio --data {data.name}{more} --folds {folds} "
        f"--seed {seed} --out DIR",
        sha256=sha256(path),
        bytes=path.stat().st_size,
        licence=LICENCE,
        not_for=AUDIO_NOT_FOR,
        not_measured=AUDIO_NOT_MEASURED,
    )
