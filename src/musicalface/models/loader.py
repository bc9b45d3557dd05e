"""Loads models: an ONNX file and its card, opened once per process."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, ModelError
from .model_card import Card, Head, Task
from .model_file import card_path, find_model, read_model
from .onnx_session import Session, open_session

SHIPPED_EXPRESSIONS = ("argus", "cnn2018")
SHIPPED_LYRICS = ("orpheus", "lstm2018")
SHIPPED_AUDIO = ("echo",)
_SHIPPED: dict[Task, tuple[str, ...]] = {
    "expressions": SHIPPED_EXPRESSIONS,
    "lyrics": SHIPPED_LYRICS,
    "audio": SHIPPED_AUDIO,
}
_FOLDER = Path(__file__).parent
_session_threads = 0


@dataclass(frozen=True)
class Model:
    """An open model: its card, its session and the metadata inside its file."""

    card: Card
    session: Session
    metadata: dict[str, str]

    def head(self, name: str | None = None) -> Head:
        """A head by name; None is the last. Raises InputError if there is no such head."""
        heads = self.card.heads
        if name is not None and name not in heads:
            raise InputError(
                f"The model {self.card.name} has no head '{name}': it has {', '.join(heads)}."
            )
        return heads[name or list(heads)[-1]]

    @property
    def side(self) -> int:
        """The side of an expression model's input faces, in pixels."""
        return int(self.card.input["shape"][-1])

    def logits(self, batch: NDArray[np.generic], head: str | None = None) -> NDArray[np.float32]:
        """Calibrated logits (N, labels) of one batch (N, ...) of the card's input dtype.

        Raises InputError for an unknown head, ModelError if the model fails.
        """
        self.head(head)
        place = list(self.card.heads).index(head) if head else -1
        return self.all_logits(batch)[:, place]

    def all_logits(self, batch: NDArray[np.generic]) -> NDArray[np.float32]:
        """Calibrated logits of all heads: (N, heads, labels)."""
        try:
            name = self.session.get_inputs()[0].name
            logits = np.asarray(self.session.run(None, {name: batch})[0], np.float32)
        except Exception as error:  # onnxruntime raises a dozen classes with no common base
            raise self._unfit(" ".join(str(error).split())[:200]) from None
        if logits.ndim == 2:
            logits = logits[:, None]
        if logits.shape != (len(batch), len(self.card.heads), len(self.card.labels)):
            raise self._unfit(f"its output is {logits.shape} for {len(batch)} inputs")
        if not np.isfinite(logits).all():
            raise self._unfit("its output is not finite")
        return logits

    def _unfit(self, reason: str) -> ModelError:
        return ModelError(
            f"The model {self.card.name} doesn't match its card ({reason}). Reinstall both."
        )


def set_session_threads(count: int) -> None:
    """Sets the number of cores for models that are opened later; 0 means all."""
    global _session_threads
    _session_threads = count


def load(name_or_path: str | None, task: Task) -> Model:
    """Opens a shipped model by name (None is the default), or an .onnx or .onnx.xz file.

    Opens each model once per process. Raises InputError if the name or file does not
    exist or is for another task, ModelError if the file or card is invalid.
    """
    name = _SHIPPED[task][0] if name_or_path is None else name_or_path
    path = shipped_path(name) if name in _SHIPPED[task] else Path(name)
    if not path.is_file() and name in _SHIPPED[task]:
        raise ModelError(f"The shipped model {name} is missing. Reinstall MusicalFace.")
    if not path.is_file():
        shipped = ", ".join(_SHIPPED[task])
        raise InputError(
            f"There is no model '{name}'. Choose a shipped one ({shipped}) or an .onnx file."
        )
    return _load(path.resolve(), path.stat().st_mtime_ns, task)


def shipped_path(name: str) -> Path:
    """The file of a shipped model; whether it is there shows later."""
    return find_model(_FOLDER, name)


@lru_cache(maxsize=8)
def _load(path: Path, _changed: int, task: Task) -> Model:
    card = Card.read(card_path(path))
    if card.task != task:
        raise InputError(f"{path} is a model for {card.task}. Choose a model for {task}.")
    content = read_model(path)
    if hashlib.sha256(content).hexdigest() != card.sha256:
        raise ModelError(f"{path} is damaged (its checksum differs from its card). Reinstall it.")
    session = open_session(path, _session_threads, content)
    try:
        return Model(card, session, session.get_modelmeta().custom_metadata_map)
    except UnicodeDecodeError:
        raise ModelError(f"{path} has metadata that isn't text. Download it again.") from None
