"""Registry of the face networks that can be trained on one set of faces."""

from collections.abc import Callable
from dataclasses import dataclass

from .config import TrainingMethod
from .networks import cnn2018, compact, janus


@dataclass(frozen=True)
class NetworkSpec:
    """A network's constructor, training method and defaults."""

    make: Callable[[], cnn2018.CNN2018 | compact.Compact]
    method: TrainingMethod
    epochs: int
    batch: int = 128
    patience: int | None = None
    clean: bool = False  # drop duplicates, blank pictures and non-faces
    two_heads: bool = False  # also train on people's votes


NETWORKS = {
    "cnn2018": NetworkSpec(
        cnn2018.CNN2018, TrainingMethod(cnn2018.optimizer), epochs=35, patience=7
    ),
    "compact": NetworkSpec(compact.Compact, compact.METHOD, epochs=30, clean=True),
    "janus": NetworkSpec(janus.Janus, janus.METHOD, epochs=100, clean=True, two_heads=True),
}
