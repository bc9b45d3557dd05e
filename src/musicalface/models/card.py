"""What is known about a model, as JSON beside its file (Mitchell et al., Model Cards, 2019)."""

import json
from dataclasses import MISSING, asdict, dataclass, fields
from math import isfinite
from pathlib import Path
from typing import Any, Literal

from ..errors import ModelError

Task = Literal["expressions", "lyrics"]

NOT_FOR = (
    "deciding anything about a person: hiring, schooling, policing, health, credit",
    "work places and schools (banned in the EU, AI Act, Art. 5)",
    "people who have not been told that an emotion-recognition system looks at them",
    "telling what somebody feels: it reads what a face shows",
)
NOT_MEASURED = ("skin tone", "age", "gender", "headwear", "worn glasses", "faces turned far away")
LYRICS_NOT_FOR = (
    "judging a writer or a listener",
    "any language but English",
    "telling how a song sounds: it reads words alone",
)
_TUPLES = ("labels", "not_for", "not_measured")
LYRICS_NOT_MEASURED = ("genre", "decade", "dialect", "lyrics with transcription errors")


@dataclass(frozen=True)
class Head:
    """One output of a model: whose labels it learnt, and how well."""

    prior: tuple[float, ...]  # each label's share in training, at the temperature
    temperature: float  # folded into the last layer: the file's logits are calibrated
    metrics: dict[str, Any]  # by the split's name, fractions; see evaluate.metrics.Report
    resting: tuple[float, ...] = ()  # mean log-likelihoods of faces that are neutral


@dataclass(frozen=True, kw_only=True)
class Card:
    """The facts about one model file; every figure is of the file with this checksum.

    `heads` are named after whose labels they learnt, in the order in which the file
    gives them; the last is the one that the program reads. `prior_free` logits know
    nothing of how often a label occurred in training; otherwise `Head.prior` is in them.
    """

    name: str
    task: Task
    network: str
    labels: tuple[str, ...]
    input: dict[str, Any]
    data: str
    data_sha256: str
    splits: dict[str, int]  # examples by the split's name
    heads: dict[str, Head]
    prior_free: bool
    bits: int  # of each stored weight
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
    teachers: tuple[str, ...] = ()  # checksums of the models that it also learnt from

    def to_json(self) -> str:
        """The card as an indented JSON document."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def read(cls, path: Path) -> "Card":
        """Read a card; raises ModelError when it is missing, not JSON, or incomplete."""
        try:
            facts = json.loads(path.read_text(encoding="utf-8"))
            known = {f.name: facts[f.name] for f in fields(cls) if f.default is MISSING}
            known |= {name: tuple(known[name]) for name in _TUPLES}
            known["heads"] = _heads(known["heads"], len(known["labels"]))
            known["teachers"] = tuple(facts.get("teachers", ()))
        except FileNotFoundError:
            raise ModelError(
                f"The model's card {path} is missing: put it beside the .onnx file."
            ) from None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ModelError(
                f"The model's card {path} is damaged ({error}): fetch it again."
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
