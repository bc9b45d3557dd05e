"""Model cards (Mitchell et al., 2019): facts about a model, as JSON next to its file."""

import json
from dataclasses import MISSING, asdict, dataclass, fields
from math import isfinite
from pathlib import Path
from typing import Any, Literal

from ..errors import ModelError
from ..files import read_bytes

Task = Literal["expressions", "lyrics", "audio"]

NOT_FOR = (
    "decisions about a person: hiring, education, policing, health, credit",
    "workplaces and schools (banned in the EU, AI Act, Art. 5)",
    "people who have not been informed that an emotion recognition system analyses them",
    "inferring feelings: the model reads only what a face shows",
)
NOT_MEASURED = (
    "skin tone",
    "age",
    "gender",
    "headwear",
    "worn glasses",
    "faces turned far to the side",
    "why groups are read differently (docs/bias.md): sad more often for children, faces over 60 "
    "and Asian faces; angry for faces over 60, men and Indian faces",
)
LYRICS_NOT_FOR = (
    "judging a writer or a listener",
    "languages other than English",
    "predicting how a song sounds: the model reads only the lyrics",
)
LYRICS_NOT_MEASURED = ("genre", "decade", "dialect", "lyrics with transcription errors")
MAX_BYTES = 1_000_000
"""The size limit of a card."""

_DAMAGED = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
)
_TUPLES = ("labels", "not_for", "not_measured")
AUDIO_NOT_FOR = (
    "judging a musician or a listener",
    "telling what a listener feels: it estimates what most listeners would call a song's mood",
    "speech, noise and other sound that is no music",
)
AUDIO_NOT_MEASURED = (
    "whole songs (clips of 20 seconds are measured)",
    "genre",
    "decade",
    "country and language",
    "recordings below 16 kHz",
    "live and amateur recordings",
)


@dataclass(frozen=True)
class Head:
    """One output of a model, trained on one kind of labels, and its metrics."""

    prior: tuple[float, ...]  # each label's share in the training data, at the temperature
    temperature: float  # folded into the last layer, so the file's logits are calibrated
    metrics: dict[str, Any]  # by split name, as fractions; see evaluate.metrics.Report
    resting: tuple[float, ...] = ()  # mean log-likelihoods of neutral faces


@dataclass(frozen=True, kw_only=True)
class Card:
    """The facts about one model file; all metrics are of the file with this checksum.

    An audio model's split `Folds` is an exception: its metrics are of the same recipe, trained
    without the artists that are measured.

    `heads` are named after their labels, in the order of the file's outputs; the program
    uses the last by default. `prior_free` logits exclude the labels' frequency in the
    training data; otherwise the logits contain `Head.prior`.
    """

    name: str
    task: Task
    network: str
    labels: tuple[str, ...]
    input: dict[str, Any]
    data: str
    data_sha256: str
    splits: dict[str, int]  # number of examples by split name
    heads: dict[str, Head]
    prior_free: bool
    bits: int  # per stored weight
    epochs: int
    best_epoch: int
    seed: int
    commit: str
    command: str
    sha256: str
    bytes: int
    licence: str
    not_for: tuple[str, ...]
    not_measured: tuple[str, ...]
    teachers: tuple[str, ...] = ()  # checksums of the teacher models

    def to_json(self) -> str:
        """The card as an indented JSON document."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def read(cls, path: Path) -> "Card":
        """Reads a card; raises ModelError if it is missing, not JSON, or incomplete."""
        try:
            facts = json.loads(read_bytes(path, MAX_BYTES))
            known = {f.name: facts[f.name] for f in fields(cls) if f.default is MISSING}
            known |= {name: tuple(known[name]) for name in _TUPLES}
            known["heads"] = _heads(known["heads"], len(known["labels"]))
            known["teachers"] = tuple(facts.get("teachers", ()))
        except FileNotFoundError:
            raise ModelError(
                f"The model card {path} is missing. Put it next to the .onnx file."
            ) from None
        except _DAMAGED as error:
            raise ModelError(
                f"The model card {path} is damaged ({str(error)[:200]}). Download it again."
            ) from None
        return cls(**known)


def _heads(facts: dict[str, Any], labels: int) -> dict[str, Head]:
    if not facts:
        raise ValueError("it has no head")
    return {name: _head(name, head, labels) for name, head in facts.items()}


def _head(name: str, facts: dict[str, Any], labels: int) -> Head:
    resting = tuple(facts.get("resting", ()))
    head = Head(tuple(facts["prior"]), facts["temperature"], facts["metrics"], resting)
    if len(head.prior) != labels or not all(0 <= share <= 1 for share in head.prior):
        raise ValueError(f"the prior of head {name} is not {labels} fractions")
    if resting and (len(resting) != labels or not all(map(isfinite, resting))):
        raise ValueError(f"the resting face of head {name} is not {labels} numbers")
    return head
