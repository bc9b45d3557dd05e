"""Audio mood classifier: four mood probabilities from the sound of a song."""

import os
from collections.abc import Callable, Generator, Iterable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import AudioError, ModelError
from ..models import Model, load
from ..models.probabilities import softmax
from ..mood import MOODS, MoodScores
from .decode import Excerpt, read_excerpts
from .mel_spectrogram import log_mel
from .worker_processes import Lost, in_workers

PATCH = 187
"""Frames of one input of the network: three seconds."""
TIMEOUT = 60.0
"""Seconds for one file; an ordinary one takes half a second."""
SPREAD_WEIGHT = np.pi / 8
"""How much the variance of the logits over the patches of a song lowers its sureness."""

Outcome = MoodScores | AudioError


def read_audio(path: Path, model: str | None = None) -> MoodScores:
    """Returns calibrated mood probabilities of a sound file, decoded in this process.

    `model` is a shipped model's name or an .onnx file with its card next to it; None is the
    default. Raises AudioError for a file that can't be read, and InputError and ModelError
    (see `models.load`).
    """
    network = load(model, "audio")
    logits = patch_logits(split_into_patches(read_excerpts(path)), network)
    return MoodScores.of(softmax(moderate(logits)))


def read_audio_files(
    paths: Iterable[Path],
    model: str | None = None,
    *,
    workers: int | None = None,
    timeout: float = TIMEOUT,
    low_priority: bool = False,
) -> Generator[tuple[Path, Outcome], None, None]:
    """Yields each file with its moods, or with the error if it can't be read, in order.

    Decodes and scores files in `workers` processes (None: one per core), so that a damaged file
    crashes at most one of them. Raises InputError and ModelError (see `models.load`).
    """
    load(model, "audio")
    count = workers or os.cpu_count() or 1
    make = partial(_make_reader, model)
    outcomes = in_workers(paths, make, count, timeout, low_priority=low_priority)
    for path, outcome in outcomes:
        yield path, _as_outcome(path, outcome, timeout)


def _make_reader(model: str | None) -> Callable[[Path], Outcome]:
    load(model, "audio")
    return partial(_read, model=model)


def _read(path: Path, model: str | None) -> Outcome:
    try:
        return read_audio(path, model)
    except AudioError as error:
        return error
    except MemoryError:
        return AudioError(f"{path} is damaged: decoding it needs too much memory.", "damaged")


def _as_outcome(path: Path, outcome: Outcome | Lost, timeout: float) -> Outcome:
    if outcome is Lost.LATE:
        text = f"{path} is damaged: reading it takes longer than {timeout:.0f} seconds."
        return AudioError(text, "too slow to decode")
    if outcome is Lost.CRASHED:
        return AudioError(f"{path} is damaged: decoding it crashes the decoder.", "damaged")
    assert not isinstance(outcome, Lost)
    return outcome


def split_into_patches(excerpts: Iterable[Excerpt]) -> NDArray[np.float32]:
    """Returns log-mel patches (N, 187, 96) without overlap, from excerpts of at least 3 seconds.

    Drops what is left at the end of an excerpt.
    """
    mels = [log_mel(excerpt) for excerpt in excerpts]
    return np.stack(
        [mel[i : i + PATCH] for mel in mels for i in range(0, len(mel) - PATCH + 1, PATCH)]
    )


def patch_logits(patches: NDArray[np.float32], network: Model) -> NDArray[np.float32]:
    """Returns the logits of each patch, (N, 4) in the order of MOODS. Raises ModelError."""
    if network.card.labels != MOODS:
        raise ModelError(
            f"The model {network.card.name} has other labels than {', '.join(MOODS)}. "
            "Choose an audio model."
        )
    # With one patch at a time, the values of a layer fit into the processor's cache.
    return np.concatenate([network.logits(patch[None]) for patch in patches])


def moderate(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Returns one song's logits (4,): the mean of (N, 4), smaller if the patches disagree.

    Divides by the square root of 1 + SPREAD_WEIGHT times the variance over patches (moderated
    outputs; MacKay, 1992). The most likely mood stays the same.
    """
    variance = float(logits.var(0).mean())
    return np.asarray(logits.mean(0) / np.sqrt(1 + SPREAD_WEIGHT * variance), np.float32)
