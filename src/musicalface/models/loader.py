"""The one place that opens ONNX files."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, ModelError
from ..files import sha256
from .card import Card, Head, Task

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

SHIPPED_EXPRESSIONS = ("janus", "cnn2018")
SHIPPED_LYRICS = ("orpheus", "lstm2018")
_SHIPPED: dict[Task, tuple[str, ...]] = {
    "expressions": SHIPPED_EXPRESSIONS,
    "lyrics": SHIPPED_LYRICS,
}
_FOLDER = Path(__file__).parent
_cores = 0


@dataclass(frozen=True)
class Model:
    """An open model: its card, its session and what is written inside its file."""

    card: Card
    session: "InferenceSession"
    metadata: dict[str, str]

    def head(self, name: str | None = None) -> Head:
        """One of the model's heads; None is the last. Raises InputError for one that it has not."""
        heads = self.card.heads
        if name is not None and name not in heads:
            raise InputError(
                f"The model {self.card.name} has no head '{name}': it has {', '.join(heads)}."
            )
        return heads[name or list(heads)[-1]]

    def logits(self, batch: NDArray[np.generic], head: str | None = None) -> NDArray[np.float32]:
        """Calibrated logits (N, labels) of one batch (N, ...) of the card's input dtype.

        Raises InputError for a head that the model has not.
        """
        self.head(head)
        place = list(self.card.heads).index(head) if head else -1
        return self.all_logits(batch)[:, place]

    def all_logits(self, batch: NDArray[np.generic]) -> NDArray[np.float32]:
        """Of every head: (N, heads, labels)."""
        name = self.session.get_inputs()[0].name
        try:
            logits: NDArray[np.float32] = self.session.run(None, {name: batch})[0]
        except Exception as error:  # onnxruntime raises a dozen classes with no common base
            raise self._unfit(str(error)) from None
        if logits.ndim == 2:
            logits = logits[:, None]
        if logits.shape != (len(batch), len(self.card.heads), len(self.card.labels)):
            raise self._unfit(f"it gives {logits.shape} for {len(batch)} inputs")
        return logits

    def _unfit(self, reason: str) -> ModelError:
        return ModelError(f"The model {self.card.name} does not do what its card says: {reason}.")


def use_cores(count: int) -> None:
    """How many cores each model that is opened from now on computes on; 0: all."""
    global _cores
    _cores = count


def load(name_or_path: str | None, task: Task) -> Model:
    """Open a shipped model by name (None: the default), or an .onnx file with its card beside it.

    A model is opened once a process. Raises InputError for a name or file that
    does not exist, ModelError when file and card do not belong together.
    """
    name = _SHIPPED[task][0] if name_or_path is None else name_or_path
    path = _FOLDER / f"{name}.onnx" if name in _SHIPPED[task] else Path(name)
    if not path.is_file() and name in _SHIPPED[task]:
        raise ModelError(f"The shipped model {name} is missing: install musicalface again.")
    if not path.is_file():
        shipped = ", ".join(_SHIPPED[task])
        raise InputError(
            f"There is no model '{name}': name a shipped one ({shipped}) or an .onnx file."
        )
    return _load(path.resolve(), path.stat().st_mtime_ns, task)


@lru_cache(maxsize=8)
def _load(path: Path, _changed: int, task: Task) -> Model:
    card = Card.read(path.with_suffix(".json"))
    if card.task != task:
        raise InputError(f"{path} is a model for {card.task}, and one for {task} is needed.")
    if sha256(path) != card.sha256:
        raise ModelError(f"{path} is damaged (its checksum is not its card's): install it again.")
    session = open_session(path, _cores)
    return Model(card, session, session.get_modelmeta().custom_metadata_map)


def open_session(path: Path, cores: int = 0) -> "InferenceSession":
    """An onnxruntime session on the CPU; raises ModelError when the file is no ONNX model.

    `cores` limits how many it computes on; 0: all.
    """
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = cores
    # Threads that wait for the next camera picture must not burn a core meanwhile.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Weights stored in 8 bits are widened once, at load, and not again at each run.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    try:
        return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises a dozen classes with no common base
        raise ModelError(
            f"{path} is not an ONNX model that can be run ({type(error).__name__})."
        ) from None
